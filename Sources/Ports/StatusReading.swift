// HTTP statuses, read the same way for every source.
public import Kernel

public enum StatusReading {
    /// The error this answer is, or nil for 2xx and 304.
    public static func problem(_ response: HTTPResponse, source: String, now: Timestamp) -> FeedError? {
        func error(_ kind: FeedError.Kind, _ detail: String) -> FeedError {
            FeedError(kind, source: source, "HTTP \(response.status) \(detail)", retryAfter: response.retryAfter(now: now))
        }
        switch response.status {
        case 200...299, 304: return nil
        case 300...399: return error(.refused, "redirected elsewhere")
        case 401: return error(.refused, "not authorised")
        case 403: return error(.refused, "forbidden")
        case 404, 410: return error(.notFound, "not there")
        case 408: return error(.timeout, "the server gave up waiting")
        case 418: return error(.banned, "banned")
        case 429: return error(.rateLimited, "too many requests")
        case 400...499: return error(.refused, "request refused")
        default: return error(.unavailable, "server trouble")
        }
    }
}

extension FeedError {
    /// What a failed exchange means to a reader of feeds.
    public init(_ error: HTTPError, source: String) {
        switch error {
        case .unreachable(let why): self.init(.unreachable, source: source, SafeText.short(why))
        case .tls(let why): self.init(.refused, source: source, "certificate or handshake: " + SafeText.short(why))
        case .timeout: self.init(.timeout, source: source, "no answer in time")
        case .tooLarge(let limit): self.init(.tooLarge, source: source, "more than \(limit) bytes")
        case .broken(let why): self.init(.unreachable, source: source, "connection broke: " + SafeText.short(why))
        case .cancelled: self.init(.timeout, source: source, "cancelled")
        }
    }
}
