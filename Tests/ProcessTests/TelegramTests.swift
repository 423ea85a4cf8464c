// The set-up of Telegram against a Bot API on loopback: each step says what comes next, and each mistake what to do.
import TestSupport
import Testing

@Suite("Telegram set-up")
struct TelegramTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let token = ["CARILLON_TELEGRAM_TOKEN": "123456:CANARY-token_0123456789abcdefghijkl"]
    private static let me = ScriptedAnswer.json(#"{"ok":true,"result":{"id":5,"is_bot":true,"username":"bell_bot"}}"#)
    private static let chat = ScriptedAnswer.json(#"{"ok":true,"result":{"id":42,"type":"private","first_name":"Ada","last_name":"L."}}"#)
    private static let sent = ScriptedAnswer.json(#"{"ok":true,"result":{"message_id":7}}"#)

    private func run(_ command: String, _ settings: String, _ answers: [ScriptedAnswer], _ variables: [String: String] = token, json: Bool = false)
        async throws -> Ended
    {
        let server = try LoopbackServer(answers: answers)
        defer { server.stop() }
        let file = bench.write("telegram.yaml", "telegram:\n  baseURL: \(server.url)\n\(settings)")
        let ended = try await bench.run(["telegram", command, "--config", file] + (json ? ["--json"] : []), variables)
        #expect(!ended.out.contains("CANARY") && !ended.error.contains("CANARY"))
        return ended
    }

    @Test("who wrote to the bot is listed once, with what to put into the configuration")
    func chats() async throws {
        let updates = ScriptedAnswer.json(
            #"""
            {"ok":true,"result":[
              {"update_id":1,"message":{"message_id":1,"chat":{"id":42,"type":"private","first_name":"Ada"},"text":"hello"}},
              {"update_id":2,"my_chat_member":{"chat":{"id":-1001234567890,"type":"supergroup","title":"Our\u001b[31m money\u202e"}}},
              {"update_id":3,"message":{"message_id":2,"chat":{"id":42,"type":"private","first_name":"Ada"},"text":"again"}},
              {"update_id":4,"message":{"chat":{"id":"x"}}}, {"update_id":5}]}
            """#)
        let ended = try await run("chats", "", [Self.me, updates])
        #expect(ended.way == .exit(0), "\(ended)")
        #expect(
            ended.out
                == "-1001234567890  supergroup  Our[31m money\n42              private  Ada\n\nIn the configuration:  telegram: {enabled: true, "
                + "chatId: 42}\nThen:  carillon telegram test\n"
        )
        let json = try await run("chats", "", [Self.me, updates], json: true)
        #expect(json.out.contains(#""id":42"#) && json.out.contains(#""bot":"bell_bot""#), "\(json.out)")
    }

    @Test("that the chat's number is missing does not keep it from being found; with another mistake the settings are refused as ever")
    func chatsBeforeChat() async throws {
        let updates = ScriptedAnswer.json(
            #"{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"chat":{"id":42,"type":"private","first_name":"Ada"},"text":"hello"}}]}"#)
        for line in ["  enabled: true\n", "  enabled: true\n  chatId:\n"] {
            let ended = try await run("chats", line, [Self.me, updates])
            #expect(ended.way == .exit(0) && ended.out.hasPrefix("42  private  Ada\n"), "\(ended)")
            let test = try await run("test", line, [])
            #expect(
                test.way == .exit(78)
                    && test.firstError.hasSuffix("needs telegram.chatId, the number of your chat with the bot; carillon telegram chats shows it"),
                "\(test)")
        }
        let wrong = try await run("chats", "  enabled: true\ncycle:\n  intervall: 60 min\n", [Self.me, updates])
        #expect(wrong.way == .exit(78) && wrong.out.isEmpty && wrong.error.contains("unknown key 'intervall'"), "\(wrong)")
    }

    @Test(
        "what keeps the set-up from working is said, with the next step",
        arguments: [
            ("chats", "", [], [:], 78, "telegram: no token: write /newbot to @BotFather"),
            ("chats", "", [], ["CARILLON_TELEGRAM_TOKEN": "nonsense"], 78, "telegram: the token does not have the form"),
            (
                "chats", "", [me, .json(#"{"ok":true,"result":[]}"#)], token, 69,
                "telegram: nobody wrote to @bell_bot in the last day: open t.me/bell_bot, press Start, and ask again"
            ),
            (
                "chats", "", [.json(#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#, status: 401)], token, 69,
                "telegram: Telegram does not know this bot"
            ),
            ("chats", "", [.html("<html>log in</html>")], token, 69, "telegram: an answer that is not Telegram's"),
            ("test", "", [], token, 78, "telegram: no chat: carillon telegram chats shows its number"),
            (
                "test", "  chatId: 43\n", [me, .json(#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#, status: 400)],
                token, 69, "telegram: the chat is not known to this bot"
            ),
            (
                "test", "  chatId: 42\n", [me, chat, .json(#"{"ok":false,"error_code":403,"description":"Forbidden"}"#, status: 403)], token, 69,
                "telegram: the bot was blocked"
            )
        ] as [(String, String, [ScriptedAnswer], [String: String], Int32, String)])
    func mistakes(_ command: String, _ settings: String, _ answers: [ScriptedAnswer], _ variables: [String: String], _ code: Int32, _ words: String)
        async throws
    {
        let ended = try await run(command, settings, answers, variables)
        #expect(ended.way == .exit(code) && ended.out.isEmpty && ended.firstError.hasPrefix("carillon: \(words)"), "\(ended)")
    }

    @Test("a test message arrives, and a channel that is switched off is told of")
    func test() async throws {
        let ended = try await run("test", "  chatId: 42\n", [Self.me, Self.chat, Self.sent])
        #expect(
            ended.way == .exit(0)
                && ended.out == "@bell_bot wrote to Ada L. (private 42).\ntelegram.enabled is false: nothing else is sent until it is true.\n",
            "\(ended)")
        let on = try await run("test", "  chatId: 42\n  enabled: true\n", [Self.me, Self.chat, Self.sent])
        #expect(on.out == "@bell_bot wrote to Ada L. (private 42).\n")
    }
}

@Suite("Trades")
struct TradesTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("closed trades are listed, a line each, with a sum that is theirs")
    func list() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 24)
        let ended = try await bench.run("trades", home: home)
        let lines = ended.out.split(separator: "\n").map(String.init)
        #expect(ended.way == .exit(0) && lines.count == 4, "\(ended)")
        #expect(
            lines[0].hasPrefix("T0001  ARB/USDT") && lines[0].contains("+1.02 USDT") && lines[0].contains("+0.41 R")
                && lines[0].hasSuffix("target 1, trailing stop (probe)"))
        #expect(lines[3] == "3 trades · 2 won · together −0.40 USDT, fees 0.44 of it", "\(lines[3])")
        let json = try await bench.run("trades", "--json", "--days", "1", home: home)
        #expect(json.out.contains(#""trade":"T0001""#) && json.way == .exit(0))
    }

    @Test("without one it says so")
    func none() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 1)
        #expect(try await bench.run("trades", home: home).out == "No trade was closed yet.\n")
    }
}
