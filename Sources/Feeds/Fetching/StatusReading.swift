// HTTP statuses, read the same way for every source.
import Domain
import Ports

enum StatusReading {
    /// The error this answer is, or nil for 2xx and 304.
    static func problem(_ response: HTTPResponse, source: String, now: Timestamp) -> FeedError? {
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

/// Text from outside, made fit for a report's line.
enum SafeText {
    /// Printable, on one line, at most 120 characters.
    static func short(_ text: String, limit: Int = 120) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit { return result + "…" }
            result.unicodeScalars.append(isPrintable(scalar) ? scalar : " ")
            count += 1
        }
        return result
    }

    /// No controls, no direction overrides, no invisible or private characters, no line separators.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
