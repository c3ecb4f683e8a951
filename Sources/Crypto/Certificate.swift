internal import COpenSSL

/// A certificate (RFC 5280): the first one of a chain.
@safe
public struct Certificate: ~Copyable {
    private let certificate: OpaquePointer

    /// What its key is.
    public let keyKind: KeyKind

    /// When it begins to be valid, in seconds since 1970-01-01T00:00:00Z.
    public let notBefore: Int64

    /// When it expires, in seconds since 1970-01-01T00:00:00Z.
    public let notAfter: Int64

    /// Reads the first certificate in `pem`.
    /// - Throws: `notPEM`, `malformed`, `unsupportedKey`, `weakKey`.
    public init(pem: Span<UInt8>) throws(CryptoError) {
        ERR_clear_error()
        let read = unsafe pem.withUnsafeBufferPointer { pem -> OpaquePointer? in
            guard let source = unsafe BIO_new_mem_buf(pem.baseAddress, Int32(clamping: pem.count)) else { return nil }
            defer { unsafe BIO_free(source) }
            return unsafe PEM_read_bio_X509(source, nil, nil, nil)
        }
        guard let certificate = unsafe read else {
            let isMissing = ERR_peek_last_error() & 0x7f_ffff == UInt(PEM_R_NO_START_LINE)
            let reason = Crypto.takeReason()
            throw isMissing ? .notPEM : .malformed(reason)
        }
        let facts: Facts
        do throws(CryptoError) {
            facts = unsafe try Facts(of: certificate)
        } catch {
            unsafe X509_free(certificate)
            throw error
        }
        unsafe self.certificate = certificate
        keyKind = facts.keyKind
        notBefore = facts.notBefore
        notAfter = facts.notAfter
    }

    deinit { unsafe X509_free(certificate) }

    /// Whether this is `key`'s certificate.
    public func matches(_ key: borrowing PrivateKey) -> Bool {
        let same = unsafe EVP_PKEY_eq(X509_get0_pubkey(certificate), key.key) == 1
        ERR_clear_error()
        return same
    }

    /// The dNSNames of its subjectAltName (RFC 5280 section 4.2.1.6), in lower case, in its order. The common name is
    /// none of them: no client looks there any more (RFC 6125 section 6.4.4).
    public var dnsNames: [String] {
        guard let names = unsafe OpaquePointer(X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil)) else {
            return []
        }
        defer { unsafe GENERAL_NAMES_free(names) }
        var found: [String] = []
        for index in 0..<(unsafe OPENSSL_sk_num(names)) {
            guard let entry = unsafe OPENSSL_sk_value(names, index) else { continue }
            let name = unsafe entry.assumingMemoryBound(to: GENERAL_NAME.self)
            guard unsafe name.pointee.type == GEN_DNS, let text = unsafe name.pointee.d.dNSName else { continue }
            let bytes = unsafe UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text)))
            found.append(unsafe String(decoding: bytes, as: UTF8.self).lowercased())
        }
        return found
    }

    private struct Facts {
        let keyKind: KeyKind
        let notBefore: Int64
        let notAfter: Int64

        init(of certificate: OpaquePointer) throws(CryptoError) {
            guard let key = unsafe X509_get0_pubkey(certificate) else { throw .malformed(Crypto.takeReason()) }
            keyKind = unsafe try KeyKind(of: key)
            notBefore = unsafe try Facts.seconds(X509_get0_notBefore(certificate))
            notAfter = unsafe try Facts.seconds(X509_get0_notAfter(certificate))
        }

        /// Seconds since the epoch.
        private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Int64 {
            // From text: ASN1_TIME_set asks the C library, and that opens /etc/localtime.
            let epoch = unsafe ASN1_TIME_new()
            defer { unsafe ASN1_STRING_free(epoch) }
            _ = unsafe ASN1_TIME_set_string(epoch, "19700101000000Z")
            var days: Int32 = 0
            var seconds: Int32 = 0
            if unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) != 1 { throw .malformed("bad time") }
            return Int64(days) * 86_400 + Int64(seconds)
        }
    }
}
