// OpenSSL as the process holds it.
import COpenSSL

public enum CryptoLibrary {
    /// What OpenSSL holds is left to the system when the process ends. By itself it would free at `exit` what a thread of
    /// the pool that ends in the same moment frees too, and about one start in two thousand aborted there. To be called
    /// before anything else uses OpenSSL: what it does at `exit` is settled by the first call.
    public static func leaveToTheSystem() { OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) }
}
