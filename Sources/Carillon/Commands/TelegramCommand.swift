// `carillon telegram`: the set-up of reports on a phone, each step with what comes next.
import Application
import ArgumentParser
import Screens
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
        static let configuration = CommandConfiguration(
            commandName: "chats", abstract: "Show who wrote to the bot lately, with the number that telegram.chatId wants.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await printed {
                let found = try await TelegramSetUp(options.caller).chats(mayBeEmpty: options.json)
                Terminal.out(options.json ? found.json : found.screen)
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "test", abstract: "Send a message to the configured chat.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await guarded {
                let trial = try await TelegramSetUp(options.caller).test()
                Terminal.out(options.json ? trial.json : trial.screen)
            }
        }
    }
}
