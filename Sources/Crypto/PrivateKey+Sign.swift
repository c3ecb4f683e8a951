internal import COpenSSL

extension PrivateKey {
    /// Signs `message` into `target` and answers how many bytes the signature has.
    /// - Throws: `schemeMismatch`, `library`.
    public mutating func sign(
        _ scheme: SignatureScheme, _ message: Span<UInt8>, into target: inout MutableSpan<UInt8>
    ) throws(CryptoError) -> Int {
        if !scheme.goes(with: kind) { throw .schemeMismatch }
        guard let digest = scheme.digest else { return try signMessage(message, into: &target) }
        let signer = unsafe try self.signer(for: scheme, digest)
        var hash = InlineArray<64, UInt8>(repeating: 0)
        var hashSpan = hash.mutableSpan
        Digest.compute(digest, message, into: &hashSpan)
        var count = target.count
        let result = unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe hashSpan.withUnsafeMutableBufferPointer { hash in
                unsafe EVP_PKEY_sign(signer, target.baseAddress, &count, hash.baseAddress, digest.size)
            }
        }
        if result != 1 { throw .library(Crypto.takeReason()) }
        return count
    }

    /// Ed25519 signs the message itself.
    private mutating func signMessage(
        _ message: Span<UInt8>, into target: inout MutableSpan<UInt8>
    ) throws(CryptoError) -> Int {
        if unsafe messageSigner == nil { unsafe messageSigner = EVP_MD_CTX_new() }
        if unsafe EVP_DigestSignInit(messageSigner, nil, nil, nil, key) != 1 { throw .library(Crypto.takeReason()) }
        var count = target.count
        let result = unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_DigestSign(
                    messageSigner, target.baseAddress, &count, message.baseAddress, message.count)
            }
        }
        if result != 1 { throw .library(Crypto.takeReason()) }
        return count
    }

    private mutating func signer(
        for scheme: SignatureScheme, _ digest: DigestAlgorithm
    ) throws(CryptoError) -> OpaquePointer {
        if let signer = unsafe signers[scheme.index] { return unsafe signer }
        guard let signer = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else {
            throw .library(Crypto.takeReason())
        }
        var good = unsafe EVP_PKEY_sign_init(signer) == 1
        if scheme.family == .rsaPSS || scheme.family == .rsaPKCS1 {
            let padding = scheme.family == .rsaPSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING
            good = unsafe good && EVP_PKEY_CTX_set_rsa_padding(signer, padding) == 1
        }
        good = unsafe good && EVP_PKEY_CTX_set_signature_md(signer, digest.method) == 1
        if scheme.family == .rsaPSS {
            // RSA_PSS_SALTLEN_DIGEST: the salt is as long as the hash (RFC 8446 section 4.2.3).
            good = unsafe good && EVP_PKEY_CTX_set_rsa_pss_saltlen(signer, -1) == 1
        }
        if !good {
            unsafe EVP_PKEY_CTX_free(signer)
            throw .library(Crypto.takeReason())
        }
        unsafe signers[scheme.index] = signer
        return unsafe signer
    }
}
