// `carillon telegram`: the set-up of reports on a phone, each step with what comes next.
import ArgumentParser
import Domain
import HTTPClient
import Messaging
import SettingsFiles

struct TelegramCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "telegram", abstract: "Find the chat that reports go to, and try it.",
        discussion: """
            1. Write to @BotFather in Telegram: /newbot. It answers with a token: put it into \(SecretName.telegramToken.variable).
            2. Write anything to your new bot. `carillon telegram chats` then shows the number of your chat.
            3. Put it into the configuration: telegram: {enabled: true, chatId: NUMBER}
            4. `carillon telegram test` sends a message there.
            """,
        subcommands: [Chats.self, Test.self])

    struct Chats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "chats", abstract: "Show who wrote to the bot of late, with the number that telegram.chatId wants.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await printed {
                let settings = try Session.settings(options).settings.telegram
                let inquiry = TelegramInquiry(try TelegramSetUp.bot(settings), transport: CurlTransport(version: Version.number))
                do throws(TelegramProblem) {
                    let bot = try await inquiry.name(), chats = try await inquiry.chats()
                    if options.json { return Terminal.out(Self.json(bot, chats)) }
                    guard !chats.isEmpty else { throw TelegramProblem(why: "nobody wrote to @\(bot) in the last day: open t.me/\(bot), press Start, and ask again") }
                    let width = chats.map { "\($0.id)".count }.max() ?? 0
                    for chat in chats { Terminal.out("\(chat.id)".padded(to: width) + "  \(chat.kind)  \(chat.name)") }
                    Terminal.out("\nIn the configuration:  telegram: {enabled: true, chatId: \(chats[chats.count - 1].id)}\nThen:  carillon telegram test")
                } catch { throw Failure(.unavailable, "telegram: \(error.why)") }
            }
        }

        private static func json(_ bot: String, _ chats: [TelegramChat]) -> String {
            JSONOutput.object([("bot", .text(bot)), ("chats", .list(chats.map {
                .fields([("id", .number("\($0.id)")), ("kind", .text($0.kind)), ("name", .text($0.name))])
            }))])
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "test", abstract: "Send a message to the configured chat.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await guarded {
                let settings = try Session.settings(options).settings.telegram
                let account = try TelegramSetUp.account(settings), transport = CurlTransport(version: Version.number)
                let inquiry = TelegramInquiry(account.bot, transport: transport)
                do throws(TelegramProblem) {
                    let bot = try await inquiry.name(), chat = try await inquiry.chat(account.chat)
                    let words = "Carillon reports here: what it bought and sold, and each hour how things stand."
                    switch await TelegramNotifier(account, transport: transport).deliver(MessageText(html: words, plain: words)) {
                    case .delivered: break
                    case .retry(_, let why), .rejected(let why, _): throw TelegramProblem(why: why)
                    }
                    Terminal.out(options.json
                        ? JSONOutput.object([("bot", .text(bot)), ("chat", .number("\(chat.id)")), ("name", .text(chat.name)), ("sent", .flag(true))])
                        : "@\(bot) wrote to \(chat.name) (\(chat.kind) \(chat.id))." + (settings.enabled ? "" : "\ntelegram.enabled is false: nothing else is sent until it is true."))
                } catch { throw Failure(.unavailable, "telegram: \(error.why)") }
            }
        }
    }
}

/// Token, chat and address as they are configured, or what is missing and what to do.
enum TelegramSetUp {
    static func account(_ settings: TelegramSettings, environment: @escaping @Sendable (String) -> String? = Session.environment) throws(Failure) -> TelegramAccount {
        let bot = try bot(settings, environment: environment)
        guard let chat = settings.chatId else { throw Failure(.configuration, "telegram: no chat: carillon telegram chats shows its number, telegram.chatId takes it") }
        do { return try TelegramAccount(bot, chat: chat) } catch { throw failure(error) }
    }

    static func bot(_ settings: TelegramSettings, environment: @escaping @Sendable (String) -> String? = Session.environment) throws(Failure) -> TelegramBot {
        let token: Secret?
        do { token = try SecretSources(environment: environment).secret(.telegramToken) } catch { throw Failure(.configuration, "telegram: \(error.description)") }
        guard let token else { throw Failure(.configuration, "telegram: no token: write /newbot to @BotFather and put what it answers into \(SecretName.telegramToken.variable)") }
        do { return try TelegramBot(token: token, address: settings.baseURL) } catch { throw failure(error) }
    }

    private static func failure(_ error: TelegramAccountError) -> Failure {
        let words = switch error {
        case .malformedToken: "the token has not the form 123456:letters; copy what @BotFather wrote, all of it"
        case .malformedChat: "telegram.chatId is no chat's number; carillon telegram chats shows it"
        case .unsafeAddress: "telegram.baseURL must begin with https:// (http:// on this machine only)"
        }
        return Failure(.configuration, "telegram: \(words)")
    }
}
