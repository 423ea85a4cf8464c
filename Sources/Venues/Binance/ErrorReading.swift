// What an answer that is not a yes means: the venue's code first, the HTTP status second, and if they leave
// doubt about an order, its outcome is unknown.
import Kernel
import Ports
import VenueCommon

/// An error with what else must happen because of it.
struct Failure {
    enum Consequence: Equatable {
        case none
        /// Nothing is sent for so long.
        case silence(TimeSpan)
        /// No new order is sent for so long.
        case noOrders(TimeSpan)
        case ban(Timestamp)
        /// The key is refused: nothing signed is sent any more.
        case keyRefused
        /// Our clock is wrong: measure it before the next signed request.
        case measureClock
    }
    let error: ExchangeError
    var consequence = Consequence.none
}

enum ErrorReading {
    /// - Parameters:
    ///   - code, message: the body's, or those of one half of a replacement.
    ///   - effect: a change keeps its doubt, a read has none.
    ///   - now: by our clock, for waits and bans.
    static func failure(code: Int64?, _ message: String, _ response: HTTPResponse, effect: RequestEffect, now: Timestamp) -> Failure {
        let words = code.map { "\($0) " + SafeText.short(message, limit: 160) } ?? "HTTP \(response.status) without an error code"
        let isServerTrouble = response.status >= 500 || response.status == 408 || (300..<400).contains(response.status)
        let isInDoubt = isServerTrouble || code.map(leavesDoubt) == true
        if let silence = silence(code, message, response, now: now) {
            // The silence is kept; whether a change was made is another question, and here nobody knows.
            return effect == .change && isInDoubt ? Failure(error: .outcomeUnknown(words), consequence: silence.consequence) : silence
        }
        if isInDoubt { return Failure(error: effect == .change ? .outcomeUnknown(words) : .unavailable(words)) }
        guard let code, code < 0 else { return uncoded(response.status, words, now: now) }
        return coded(code, message, words)
    }

    /// nil if nobody asks us to be silent.
    private static func silence(_ code: Int64?, _ message: String, _ response: HTTPResponse, now: Timestamp) -> Failure? {
        if response.status == 418 || code == -1_003 && message.contains("banned until") {
            let until = Silence.banEnd(response, message, now: now)
            return Failure(error: .banned(until: until), consequence: .ban(until))
        }
        guard response.status == 429 || code == -1_003 || code == -1_015 else { return nil }
        let wait = Silence.pause(response, now: now)
        return Failure(error: .rateLimited(until: now + wait), consequence: code == -1_015 ? .noOrders(wait) : .silence(wait))
    }

    /// Internal errors and timeouts behind the gate, -1008 (overloaded) among them: the order may have got through. For a
    /// replacement -2021 says that half of it was done.
    private static func leavesDoubt(_ code: Int64) -> Bool { [-1_000, -1_001, -1_006, -1_007, -1_008, -1_016, -2_021].contains(code) }

    /// A page of a firewall stops everything for a while, but says nothing about the key; other bodies without a code make no sense.
    private static func uncoded(_ status: Int, _ words: String, now: Timestamp) -> Failure {
        switch status {
        case 401: Failure(error: .authentication(words), consequence: .keyRefused)
        case 403, 451:
            Failure(error: .rateLimited(until: now + Silence.refusalPause), consequence: .silence(Silence.refusalPause))
        default: Failure(error: .malformed(words))
        }
    }

    private static func coded(_ code: Int64, _ message: String, _ words: String) -> Failure {
        func rejected(_ reason: Rejection.Reason) -> Failure { Failure(error: .rejected(Rejection(reason, words))) }
        switch code {
        case -1_002, -2_008, -2_014, -2_015: return Failure(error: .authentication(words), consequence: .keyRefused)
        case -1_022: return Failure(error: .authentication(words))
        case -1_021: return Failure(error: .clockSkew(words), consequence: .measureClock)
        case -1_010, -1_013, -2_010, -2_011: return rejected(RejectionReading.reason(code, message))
        case -2_013, -2_018, -2_026: return rejected(.unknownOrder)
        case -2_016: return rejected(.marketClosed)
        case -1_111: return rejected(.precision)
        case -1_121: return rejected(.invalidSymbol)
        case -1_014, -1_020, -1_199 ... -1_100: return rejected(.invalidParameter)
        default: return rejected(.other)
        }
    }
}
