// The set-up of reports on a phone: token, chat and address as they are configured, and a first message.
import Events
import HTTPClient
import Kernel
package import Messaging
import Ports
package import Settings
import SettingsFiles

package struct TelegramSetUp: Sendable {
    private let caller: Caller
    package init(_ caller: Caller) { self.caller = caller }

    /// Who wrote to the bot of late.
    package struct Chats: Sendable {
        package let bot: String
        package let chats: [TelegramChat]
    }

    /// Never empty: if nobody wrote, that is a failure that says what to do.
    /// - Parameter mayBeEmpty: returns none instead.
    package func chats(mayBeEmpty: Bool) async throws -> Chats {
        let inquiry = TelegramInquiry(try bot(try beforeChat()), transport: CurlTransport(version: Version.number))
        return try await asked { () async throws(TelegramProblem) in
            let bot = try await inquiry.name(), chats = try await inquiry.chats()
            guard mayBeEmpty || !chats.isEmpty else {
                throw TelegramProblem(why: "nobody wrote to @\(bot) in the last day: open t.me/\(bot), press Start, and ask again")
            }
            return Chats(bot: bot, chats: chats)
        }
    }

    /// What a first message came to.
    package struct Trial: Sendable {
        package let bot: String
        package let chat: TelegramChat
        /// Whether anything else will be sent.
        package let isEnabled: Bool
    }

    /// Sends a message to the configured chat.
    package func test() async throws -> Trial {
        let settings = try caller.settings().settings.telegram
        let account = try account(settings), transport = CurlTransport(version: Version.number)
        let inquiry = TelegramInquiry(account.bot, transport: transport)
        return try await asked { () async throws(TelegramProblem) in
            let bot = try await inquiry.name(), chat = try await inquiry.chat(account.chat)
            let words = "Carillon reports here: what it bought and sold, and each hour how things stand."
            switch await TelegramNotifier(account, transport: transport).deliver(MessageText(html: words, plain: words)) {
            case .delivered: return Trial(bot: bot, chat: chat, isEnabled: settings.enabled)
            case .retry(_, let why), .rejected(let why, _): throw TelegramProblem(why: why)
            }
        }
    }

    private func asked<Answer>(_ question: () async throws(TelegramProblem) -> Answer) async throws(Failure) -> Answer {
        do { return try await question() } catch { throw Failure(.unavailable, "telegram: \(error.why)") }
    }

    /// For a person who looks for the chat's number: that it is missing is no failure here, every other mistake is.
    private func beforeChat() throws(Failure) -> TelegramSettings {
        let place = caller.settingsPlace
        switch ConfigurationLoader.load(place) {
        case .success(let loaded): return loaded.settings.telegram
        case .failure(let error):
            let settings = ConfigurationLoader.forAlerts(place).settings.telegram
            if error.problems.count == 1, settings.enabled, settings.chatId == nil { return settings }
            caller.say(error.render())
            throw Failure.said(.configuration)
        }
    }

    package func account(_ settings: TelegramSettings) throws(Failure) -> TelegramAccount {
        let bot = try bot(settings)
        guard let chat = settings.chatId else {
            throw Failure(.configuration, "telegram: no chat: carillon telegram chats shows its number; put it into telegram.chatId")
        }
        do { return try TelegramAccount(bot, chat: chat) } catch { throw Self.failure(error) }
    }

    private func bot(_ settings: TelegramSettings) throws(Failure) -> TelegramBot {
        let token: Secret?
        do { token = try SecretSources(environment: caller.environment).secret(.telegramToken) } catch {
            throw Failure(.configuration, "telegram: \(error.description)")
        }
        guard let token else {
            throw Failure(
                .configuration, "telegram: no token: write /newbot to @BotFather and put what it answers into \(SecretName.telegramToken.variable)")
        }
        do { return try TelegramBot(token: token, address: settings.baseURL) } catch { throw Self.failure(error) }
    }

    private static func failure(_ error: TelegramAccountError) -> Failure {
        let words =
            switch error {
            case .malformedToken: "the token does not have the form 123456:letters; copy what @BotFather wrote, all of it"
            case .malformedChat: "telegram.chatId is not the number of a chat; carillon telegram chats shows it"
            case .unsafeAddress: "telegram.baseURL must begin with https:// (http:// on this machine only)"
            }
        return Failure(.configuration, "telegram: \(words)")
    }
}
