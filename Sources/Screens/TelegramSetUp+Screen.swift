// The set-up of reports on a phone: who wrote to the bot, and what a first message came to.
import Application
import Kernel
import Messaging

extension TelegramSetUp.Chats {
    package var json: String {
        JSONValue.console([
            ("bot", .text(bot)),
            ("chats", .list(chats.map { .fields([("id", .number("\($0.id)")), ("kind", .text($0.kind)), ("name", .text($0.name))]) }))
        ])
    }

    package var screen: String {
        let width = chats.map { "\($0.id)".count }.max() ?? 0
        let rows = chats.map { "\($0.id)".padded(to: width) + "  \($0.kind)  \($0.name)" }
        let next = chats.last.map { "\nIn the configuration:  telegram: {enabled: true, chatId: \($0.id)}\nThen:  carillon telegram test" }
        return (rows + [next].compactMap(\.self)).joined(separator: "\n")
    }
}

extension TelegramSetUp.Trial {
    package var json: String {
        JSONValue.console([("bot", .text(bot)), ("chat", .number("\(chat.id)")), ("name", .text(chat.name)), ("sent", .flag(true))])
    }

    package var screen: String {
        "@\(bot) wrote to \(chat.name) (\(chat.kind) \(chat.id))."
            + (isEnabled ? "" : "\ntelegram.enabled is false: nothing else is sent until it is true.")
    }
}
