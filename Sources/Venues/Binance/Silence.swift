// For how long to be silent, from what the venue says and what it leaves out. One rule for prices and for
// orders: both ask from the same address.
import Kernel
import Ports
import StrictJSON

enum Silence {
    /// The pause after a 429 that does not say how long.
    static let defaultPause = TimeSpan.seconds(60)
    /// A firewall's page is no answer about a key: it is left alone and asked again later.
    static let refusalPause = TimeSpan.minutes(5)
    /// The length of a ban that does not say how long, or names a moment that is over: bans start at two minutes and grow.
    static let defaultBan = TimeSpan.minutes(10)
    /// Bans end after three days, whatever an answer says.
    static let longestBan = TimeSpan.days(3)

    /// Code and words of an error body; nil and an empty text if it is not one.
    static func complaint(_ response: HTTPResponse) -> (code: Int64?, message: String) {
        let body = response.body.count <= 1 << 16 ? try? JSONField(body: response.body) : nil
        return (body?["code"]?.integer, body?["msg"]?.text ?? "")
    }

    /// After a 429: as long as it says, one second to three days; to the next minute if it does not say.
    static func pause(_ response: HTTPResponse, now: Timestamp) -> TimeSpan {
        let nextMinute = now.floored(to: .minutes(1)) + .minutes(1)
        return min(max(response.retryAfter(now: now) ?? nextMinute - now, .seconds(1)), longestBan)
    }

    static func banEnd(_ response: HTTPResponse, _ message: String, now: Timestamp) -> Timestamp {
        let told = [response.retryAfter(now: now).map { now + $0 }, moment(in: message)].compactMap { $0 }.filter { $0 > now }
        return min(told.max() ?? now + defaultBan, now + longestBan)
    }

    /// The moment in "IP banned until 1700000120000": thirteen digits of milliseconds.
    private static func moment(in message: String) -> Timestamp? {
        guard let key = message.firstRange(of: "until ") else { return nil }
        let digits = message[key.upperBound...].prefix { ("0"..."9").contains($0) }
        guard digits.count == 13, let milliseconds = Int64(digits) else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }
}
