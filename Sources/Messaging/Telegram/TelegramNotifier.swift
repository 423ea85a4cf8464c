// Sends messages through the Telegram Bot API. Promise: every answer becomes one of three results, the
// token is in none of them, and no markup mistake of ours keeps a message from its reader.
public import Events
public import Kernel
public import Ports
import Synchronization

public final class TelegramNotifier: Notifier {
    public let name = "telegram"
    private let transport: any HTTPTransport
    private let account: TelegramAccount
    private let timeout: TimeSpan
    private let movedTo = Mutex<Int64?>(nil)

    public init(_ account: TelegramAccount, transport: any HTTPTransport, timeout: TimeSpan = .seconds(10)) {
        self.account = account
        self.transport = transport
        self.timeout = timeout
    }

    /// The chat's new id, if Telegram said during this run that the group became a supergroup: the configuration should follow.
    public var newChat: Int64? { movedTo.withLock { $0 } }

    /// At most three requests: the message, the same as plain text if its markup was refused, and the same to the chat's new id.
    public func deliver(_ text: MessageText, silently: Bool) async -> DeliveryResult {
        var form = TelegramMessage.Form.html
        var mayMove = true
        while true {
            let answer: TelegramAnswer
            switch await send(text, form, silently) {
            case .success(let received): answer = received
            case .failure(let failure): return failure.result
            }
            switch answer.verdict {
            case .final(let result): return result
            case .markupRefused where form == .html: form = .plain
            case .markupRefused: return .rejected(why: "Telegram refused the text", permanent: true)
            case .moved(let chat) where mayMove && chat != newChat:
                mayMove = false
                movedTo.withLock { $0 = chat }
            case .moved: return .rejected(why: "the chat has moved and its new id is refused too", permanent: false)
            }
        }
    }

    private func send(_ text: MessageText, _ form: TelegramMessage.Form, _ silently: Bool) async -> Result<TelegramAnswer, TelegramFailure> {
        let message = TelegramMessage(chat: newChat ?? account.chat, text: text, form: form, isSilent: silently)
        let request = HTTPRequest(
            .post, account.bot.url("sendMessage"), headers: [("Content-Type", "application/json")],
            body: message.json, timeout: timeout, maximumBytes: 64 << 10)
        do throws(HTTPError) {
            let response = try await transport.send(request)
            guard let answer = TelegramAnswer(response, hiding: account.bot.token) else { return .failure(.notTheirs(status: response.status)) }
            return .success(answer)
        } catch {
            return .failure(.transport(error))
        }
    }
}

/// No answer of Telegram's arrived: always worth another try. The transport's own words are not passed on,
/// because an address may stand in them.
enum TelegramFailure: Error {
    case transport(HTTPError)
    /// An answer that is not the Bot API's: a proxy's page, half an object.
    case notTheirs(status: Int)

    var result: DeliveryResult { .retry(after: TimeSpan(milliseconds: 0), why: why) }

    var why: String {
        switch self {
        case .transport(.unreachable): "Telegram cannot be reached"
        case .transport(.tls): "Telegram's certificate was refused"
        case .transport(.timeout): "Telegram gave no answer in time; the message may have arrived"
        case .transport(.tooLarge): "Telegram's answer was too large"
        case .transport(.broken): "the connection to Telegram broke; the message may have arrived"
        case .transport(.cancelled): "sending was stopped"
        case .notTheirs(let status): "an answer that is not Telegram's (HTTP \(status))"
        }
    }
}
