internal import COpenSSL

/// Debian's libcrypto, as far as the product needs it. Nothing here opens a file.
public enum Crypto {
    /// Prepares libcrypto without its configuration file, and fetches every algorithm that is used later, so that
    /// nothing remains to be loaded once a process is confined. Call before anything else here.
    public static func initialize() {
        let options = UInt64(OPENSSL_INIT_NO_LOAD_CONFIG) | UInt64(OPENSSL_INIT_NO_ATEXIT)
        _ = OPENSSL_init_crypto(options, nil)
        for algorithm in DigestAlgorithm.allCases { _ = unsafe algorithm.method }
        Random.fill(count: 1)
    }

    /// The reason of libcrypto's last error, and an empty queue.
    static func takeReason() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0, let reason = unsafe ERR_reason_error_string(code) else { return "no further reason" }
        return unsafe String(cString: reason)
    }
}
