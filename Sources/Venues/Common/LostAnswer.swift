// A request without an answer: what is known of it all the same.
import Kernel
package import Ports

/// What is lost when the answer is: a read can be asked again, of a change nobody knows whether it happened.
package enum RequestEffect: Sendable { case read, change }

extension ExchangeError {
    /// No answer came. Only if nothing can have been sent is a change known not to have happened.
    package static func lost(_ error: HTTPError, _ effect: RequestEffect) -> ExchangeError {
        let isChange = effect == .change
        switch error {
        case .unreachable(let why): return .unavailable("not reached: " + SafeText.short(why))
        case .tls(let why): return .unavailable("certificate or handshake: " + SafeText.short(why))
        case .timeout: return isChange ? .outcomeUnknown("no answer in time") : .unavailable("no answer in time")
        case .broken(let why):
            let words = "connection broke: " + SafeText.short(why)
            return isChange ? .outcomeUnknown(words) : .unavailable(words)
        case .cancelled: return isChange ? .outcomeUnknown("cancelled while it was under way") : .unavailable("cancelled")
        case .tooLarge(let limit): return .malformed("an answer of more than \(limit) bytes")
        }
    }
}
