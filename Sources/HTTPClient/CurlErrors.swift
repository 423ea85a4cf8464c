// libcurl's result codes as the port's errors. The texts are libcurl's fixed sentences and the host
// name: never a path, a query or a header, since those may carry keys.
import CCurl
import Glibc
import Ports

extension HTTPError {
    /// nil for success.
    init?(_ code: CURLcode, host: String) {
        let text = "\(String(cString: curl_easy_strerror(code))) (\(host))"
        switch code {
        case CURLE_OK: return nil
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        // Only what libcurl reports before a request is written; an answer that is not HTTP, for one, comes after.
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_URL_MALFORMAT:
            self = .unreachable(text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            self = .tls(text)
        default: self = .broken(text)
        }
    }
}

/// Milliseconds on a clock that never steps back.
func monotonicNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}
