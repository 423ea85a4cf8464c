// Questions to the Bot API that write nothing to anybody: who the bot is, whether it sees its chat, and which chats
// wrote to it. For the set-up and for `doctor`.
public import Kernel
public import Ports
import StrictJSON

/// A chat as Telegram describes it; the words are foreign, on one clean line.
public struct TelegramChat: Hashable, Sendable {
    public let id: Int64
    /// `private`, `group`, `supergroup`, `channel`.
    public let kind: String
    public let name: String
}

/// Why a question got no answer that helps; carries no secret.
public struct TelegramProblem: Error, Hashable, Sendable {
    public let why: String
    public init(why: String) { self.why = why }
}

public struct TelegramInquiry: Sendable {
    private let bot: TelegramBot
    private let transport: any HTTPTransport
    private let timeout: TimeSpan
    /// A hundred long messages.
    private static let maximumBytes = 2 << 20

    public init(_ bot: TelegramBot, transport: any HTTPTransport, timeout: TimeSpan = .seconds(10)) {
        self.bot = bot
        self.transport = transport
        self.timeout = timeout
    }

    /// The bot's user name, without the `@` (getMe).
    public func name() async throws(TelegramProblem) -> String {
        let bot = try await ask("getMe")
        guard let name = try? bot["username"].string else { throw TelegramProblem(why: "an answer without the bot's name") }
        return SafeText.line(name, limit: 64)
    }

    /// A chat, as the bot sees it (getChat).
    public func chat(_ id: Int64) async throws(TelegramProblem) -> TelegramChat {
        guard let chat = Self.chat(try await ask("getChat", ["chat_id": .integer(id)])) else {
            throw TelegramProblem(why: "an answer without a chat")
        }
        return chat
    }

    /// Everybody who wrote to the bot of late, each once, the newest last (getUpdates). Telegram forgets after a day.
    public func chats() async throws(TelegramProblem) -> [TelegramChat] {
        let updates = try await ask("getUpdates", ["limit": 100, "timeout": 0])
        guard let list = try? updates.array else { throw TelegramProblem(why: "an answer without a list of messages") }
        var chats: [TelegramChat] = []
        for update in list {
            for kind in ["message", "edited_message", "channel_post", "my_chat_member"] {
                guard let chat = Self.chat(update[kind]["chat"]) else { continue }
                chats.removeAll { $0.id == chat.id }
                chats.append(chat)
            }
        }
        return chats
    }

    private static func chat(_ value: JSONNode) -> TelegramChat? {
        guard let id = try? value["id"].int64, id != 0, id.magnitude < 1 << 52 else { return nil }
        func text(_ key: String) -> String? { (try? value[key].string).map { SafeText.line($0, limit: 64) }.flatMap { $0.isEmpty ? nil : $0 } }
        let person = [text("first_name"), text("last_name")].compactMap { $0 }.joined(separator: " ")
        let name = text("title") ?? (person.isEmpty ? text("username") ?? "no name" : person)
        return TelegramChat(id: id, kind: text("type") ?? "chat", name: name)
    }

    private func ask(_ method: String, _ body: JSONValue = [:]) async throws(TelegramProblem) -> JSONNode {
        let request = HTTPRequest(
            .post, bot.url(method), headers: [("Content-Type", "application/json")], body: Array(body.compact.utf8),
            timeout: timeout, maximumBytes: Self.maximumBytes)
        let response: HTTPResponse
        do throws(HTTPError) { response = try await transport.send(request) } catch {
            throw TelegramProblem(why: TelegramFailure.transport(error).why)
        }
        guard let answer = TelegramAnswer(response, hiding: bot.token, maximumBytes: Self.maximumBytes) else {
            throw TelegramProblem(why: TelegramFailure.notTheirs(status: response.status).why)
        }
        guard let result = answer.result else { throw TelegramProblem(why: answer.refusal) }
        return result
    }
}
