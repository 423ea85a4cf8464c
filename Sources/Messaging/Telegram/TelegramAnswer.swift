// What the Bot API said, and what that means for a message. Every field is checked for its kind and
// range; Telegram's own words are passed on only if they help and only on one clean line.
import Kernel
import Ports
import StrictJSON

struct TelegramAnswer {
    private let ok: Bool
    private let messageId: Int64?
    private let errorCode: Int64
    private let description: String
    /// Seconds.
    private let retryAfter: Double?
    private let migrateTo: Int64?
    /// What was asked for; nil if it was refused.
    let result: JSONNode?

    /// nil if the bytes are not a whole answer of the Bot API, or if it contradicts the HTTP status.
    init?(_ response: HTTPResponse, hiding token: Secret, maximumBytes: Int = 64 << 10) {
        guard let root = try? JSONValue(parsing: response.body, limits: JSONLimits(bytes: maximumBytes, depth: 32)),
            let ok = try? root["ok"].bool
        else { return nil }
        let isGood = (200...299).contains(response.status)
        guard isGood || !ok else { return nil }
        let code = (try? root["error_code"].int64) ?? (isGood ? 0 : Int64(response.status))
        guard ok || code >= 400 else { return nil }
        self.ok = ok
        errorCode = code
        result = ok ? root["result"] : nil
        messageId = try? root["result"]["message_id"].int64
        description = Self.withoutTokens(token.hidden(in: (try? root["description"].string) ?? ""))
        retryAfter = try? root["parameters"]["retry_after"].double
        migrateTo = try? root["parameters"]["migrate_to_chat_id"].int64
    }

    /// The text without anything of the form of a token, `123456:letters`, whether its middle is blotted out or not.
    static func withoutTokens(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let digits = parts[0].reversed().prefix { $0.isASCII && $0.isNumber }.count
            return parts.count == 2 && digits >= 5 && parts[1].utf8.count >= 3 ? "***" : String(word)
        }.joined(separator: " ")
    }

    enum Verdict {
        case final(DeliveryResult)
        /// Our markup was not understood: the same words without it may be.
        case markupRefused
        /// The group is a supergroup now.
        case moved(to: Int64)
    }

    /// Telegram's errors by code (Bot API, "Making requests").
    var verdict: Verdict {
        if ok { return .final(.delivered(remoteId: messageId.map { String($0) })) }
        if let migrateTo { return .moved(to: migrateTo) }
        let words = description.lowercased()
        switch errorCode {
        case 400 where words.contains("can't parse entities"): return .markupRefused
        case 400 where words.contains("chat not found"): return refused("the chat is not known to this bot: write to it first, or check the chat id")
        case 400 where words.contains("not enough rights") || words.contains("have no rights"):
            return refused("the bot may not write in this chat")
        case 400, 413: return refused("Telegram refused the text (\(said))", permanent: true)
        case 401, 404: return refused("Telegram does not know this bot: the token is wrong or was revoked")
        case 403: return refused("the bot was blocked or removed from the chat")
        case 429: return later(after: wait, "Telegram asked to wait \(wait.milliseconds / 1_000) s")
        case 409, 500...: return later(after: TimeSpan(milliseconds: 0), "Telegram is not well (\(errorCode))")
        default: return refused("Telegram refused (\(errorCode): \(said))")
        }
    }

    /// The words for a question that was refused.
    var refusal: String {
        switch verdict {
        case .final(.rejected(let why, _)), .final(.retry(_, let why)): why
        case .moved: "the chat has moved: ask for its new id with carillon telegram chats"
        case .final, .markupRefused: "Telegram refused (\(errorCode): \(said))"
        }
    }

    /// Seconds asked for, within a second and a day; half a minute if a 429 names none.
    private var wait: TimeSpan { .seconds(Int(min(max(retryAfter ?? 30, 1), 86_400).rounded(.up))) }

    private var said: String {
        let words = SafeText.line(description, limit: 100)
        return words.isEmpty ? "no reason given" : words
    }

    private func refused(_ why: String, permanent: Bool = false) -> Verdict { .final(.rejected(why: why, permanent: permanent)) }
    private func later(after: TimeSpan, _ why: String) -> Verdict { .final(.retry(after: after, why: why)) }
}
