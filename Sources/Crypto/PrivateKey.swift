internal import COpenSSL

/// A private key, erased when its owner goes.
@safe
public struct PrivateKey: ~Copyable {
    let key: OpaquePointer
    /// One signing context for each scheme that has been used: setting one up costs more than a short signature.
    var signers = unsafe InlineArray<10, OpaquePointer?>(repeating: nil)
    var messageSigner: OpaquePointer?

    /// RSA and its size, or the curve.
    public let kind: KeyKind

    /// The least bits of an RSA key.
    public static let minimumRSABits = 2048

    /// Reads the first private key in `pem` (PKCS #8 or the traditional forms).
    /// - Throws: `notPEM`, `encrypted`, `unsupportedKey`, `weakKey`, `malformed`.
    public init(pem: Span<UInt8>) throws(CryptoError) {
        guard let key = unsafe try PrivateKey.read(pem) else { throw .notPEM }
        do throws(CryptoError) {
            kind = unsafe try KeyKind(of: key)
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
        unsafe self.key = key
    }

    deinit {
        for index in 0..<10 { unsafe EVP_PKEY_CTX_free(signers[index]) }
        unsafe EVP_MD_CTX_free(messageSigner)
        unsafe EVP_PKEY_free(key)
    }

    private static func read(_ pem: Span<UInt8>) throws(CryptoError) -> OpaquePointer? {
        ERR_clear_error()
        var encrypted = false
        let key = unsafe pem.withUnsafeBufferPointer { pem -> OpaquePointer? in
            guard let source = unsafe BIO_new_mem_buf(pem.baseAddress, Int32(clamping: pem.count)) else { return nil }
            defer { unsafe BIO_free(source) }
            // Asked for a passphrase, it notes that and has none: nobody is there to type one.
            return unsafe PEM_read_bio_PrivateKey(
                source, nil,
                { _, _, _, asked in
                    unsafe asked?.assumingMemoryBound(to: Bool.self).pointee = true
                    return -1
                }, &encrypted)
        }
        if let key = unsafe key {
            ERR_clear_error()
            return unsafe key
        }
        if encrypted { throw .encrypted }
        let isMissing = ERR_peek_last_error() & 0x7f_ffff == UInt(PEM_R_NO_START_LINE)
        let reason = Crypto.takeReason()
        if isMissing || reason == "unsupported" || reason == "no further reason" { throw .notPEM }
        throw .malformed(reason)
    }
}
