// The chat that gets reports. The bot's token is a secret and is never a setting.

/// Which messages make a sound beside those that begin with ■.
public struct SoundSettings: Hashable, Codable, Sendable {
    /// Purchases and sales.
    public var trades = false
    public init() {}
}

public struct TelegramSettings: Hashable, Codable, Sendable {
    public var enabled = false
    /// The one chat that is written to and listened to.
    public var chatId: Int64?
    public var baseURL = "https://api.telegram.org"
    public var sound = SoundSettings()

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("telegram")
        if enabled, chatId == nil {
            list.add("enabled", "needs telegram.chatId, the number of your chat with the bot; carillon telegram chats shows it")
        }
        if chatId == 0 { list.add("chatId", "0 is no chat") }
        if let problem = WebAddress.problem(baseURL) { list.add("baseURL", problem) }
        return list.problems
    }
}
