// The Bot API in every mood, spoken over real HTTP on the loopback: each answer has one meaning, and
// the token comes out nowhere.
import Events
import HTTPClient
import Kernel
import Ports
import StrictJSON
import TestSupport
import Testing

@testable import Messaging

private let secret = "123456:CANARY-token_0123456789abcdefghijkl"
private let hello = MessageText(html: "<b>hi</b> &amp; so", plain: "hi & so")
private let delivered = #"{"ok":true,"result":{"message_id":7,"date":1795000001,"chat":{"id":42,"type":"private"},"text":"x","new_field":{}}}"#

private func error(_ code: Int, _ words: String, _ parameters: String = "") -> ScriptedAnswer {
    let tail = parameters.isEmpty ? "" : #","parameters":{\#(parameters)}"#
    return .json(#"{"ok":false,"error_code":\#(code),"description":"\#(words)"\#(tail)}"#, status: code)
}

private func notifier(_ server: LoopbackServer, timeout: TimeSpan = .minutes(5)) throws -> TelegramNotifier {
    TelegramNotifier(
        try TelegramAccount(token: Secret(secret), chat: -100_123, address: server.url),
        transport: CurlTransport(version: "test", connectTimeout: .minutes(5)), timeout: timeout)
}

/// Delivers one message to a server that gives these answers.
private func outcome(_ answers: [ScriptedAnswer], _ text: MessageText = hello, timeout: TimeSpan = .minutes(5)) async throws
    -> (result: DeliveryResult, requests: [ReceivedRequest])
{
    let server = try LoopbackServer(answers: answers)
    defer { server.stop() }
    return (await (try notifier(server, timeout: timeout)).deliver(text), server.requests)
}

@Suite("TelegramNotifier")
struct TelegramNotifierTests {
    @Test("a message is one POST of JSON to the bot's own path")
    func request() async throws {
        let (result, requests) = try await outcome([.json(delivered)], MessageText(html: "<b>a\"\\</b>\n\u{1}🚀 −", plain: "p"))
        #expect(result == .delivered(remoteId: "7"))
        let request = try #require(requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/bot\(secret)/sendMessage")
        #expect(request.header("content-type") == "application/json")
        #expect(
            request.text == #"{"chat_id":-100123,"text":"<b>a\"\\</b>\n\u0001🚀 −","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}"#)
        #expect(throws: Never.self) { try JSONValue(parsing: request.body) }
    }

    @Test("a silent message asks for no sound, and another says nothing of it", arguments: [true, false])
    func silent(_ isSilent: Bool) async throws {
        let server = try LoopbackServer(answers: [.json(delivered)])
        defer { server.stop() }
        #expect(await (try notifier(server)).deliver(hello, silently: isSilent) == .delivered(remoteId: "7"))
        #expect(server.requests.first?.text.contains(#""disable_notification":true"#) == isSilent)
    }

    @Test(
        "each error has one meaning",
        arguments: [
            (error(429, "Too Many Requests: retry after 9", #""retry_after":9"#), .retry(after: .seconds(9), why: "Telegram asked to wait 9 s")),
            (error(429, "Too Many Requests"), .retry(after: .seconds(30), why: "Telegram asked to wait 30 s")),
            (error(429, "x", #""retry_after":-5"#), .retry(after: .seconds(1), why: "Telegram asked to wait 1 s")),
            (error(429, "x", #""retry_after":9e15"#), .retry(after: .seconds(86_400), why: "Telegram asked to wait 86400 s")),
            (
                error(400, "Bad Request: chat not found"),
                .rejected(why: "the chat is not known to this bot: write to it first, or check the chat id", permanent: false)
            ),
            (
                error(400, "Bad Request: message is too long"),
                .rejected(why: "Telegram refused the text (Bad Request: message is too long)", permanent: true)
            ),
            (error(401, "Unauthorized"), .rejected(why: "Telegram does not know this bot: the token is wrong or was revoked", permanent: false)),
            (error(404, "Not Found"), .rejected(why: "Telegram does not know this bot: the token is wrong or was revoked", permanent: false)),
            (error(403, "Forbidden: bot was blocked by the user"), .rejected(why: "the bot was blocked or removed from the chat", permanent: false)),
            (error(500, "Internal Server Error"), .retry(after: .seconds(0), why: "Telegram is not well (500)")),
            (error(502, "Bad Gateway"), .retry(after: .seconds(0), why: "Telegram is not well (502)")),
            (error(418, "teapot\\u202e\\n<b>"), .rejected(why: "Telegram refused (418: teapot <b>)", permanent: false)),
            (
                error(400, "no /bot\(secret)/sendMessage here"),
                .rejected(why: "Telegram refused the text (no /bot***/sendMessage here)", permanent: true)
            )
        ] as [(ScriptedAnswer, DeliveryResult)])
    func errors(_ answer: ScriptedAnswer, _ expected: DeliveryResult) async throws {
        #expect(try await outcome([answer]).result == expected)
    }

    @Test(
        "what is not an answer of Telegram's is tried again later",
        arguments: [
            ScriptedAnswer.html("<html>Bad Gateway</html>", status: 502), .html("<html>log in to this network</html>"),
            .html("Forbidden", status: 403),
            .truncated(delivered, after: 40), .json(""), .json("{"), .json("[]"), .json("null"), .json(#"{"ok":"true"}"#),
            .json(#"{"ok":true,"ok":false}"#),
            .json(#"{"result":{}}"#), .json(delivered, status: 500), .json(#"{"ok":false}"#), .json(String(repeating: "[", count: 5_000)),
            .huge(bytes: 1 << 20), .hangUp, .raw("nonsense\r\n\r\n"),
            .json(delivered.dropLast(2) + "\u{0}}}")
        ])
    func garbage(_ answer: ScriptedAnswer) async throws {
        let (result, _) = try await outcome([answer])
        guard case .retry(_, let why) = result else { Issue.record("\(result)"); return }
        #expect(!why.contains("CANARY"))
    }

    @Test("F086: silence and a dead address are tried again later, in words that name no address")
    func F086_unreachable() async throws {
        #expect(
            try await outcome([.silence], timeout: TimeSpan(milliseconds: 200)).result
                == .retry(after: .seconds(0), why: "Telegram gave no answer in time; the message may have arrived"))
        let server = try LoopbackServer(answers: [.hangUp])
        server.stop()
        let account = try TelegramAccount(token: Secret(secret), chat: 1, address: "http://127.0.0.1:1")
        #expect(
            await TelegramNotifier(account, transport: CurlTransport(version: "test")).deliver(hello)
                == .retry(after: .seconds(0), why: "Telegram cannot be reached"))
    }

    @Test("markup that Telegram cannot read is sent once more as plain text")
    func plainFallback() async throws {
        let parse = error(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 0")
        let (result, requests) = try await outcome([parse, .json(delivered)])
        #expect(result == .delivered(remoteId: "7"))
        #expect(
            requests.map(\.text) == [
                #"{"chat_id":-100123,"text":"<b>hi</b> &amp; so","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}"#,
                #"{"chat_id":-100123,"text":"hi & so","link_preview_options":{"is_disabled":true}}"#
            ])
        let twice = try await outcome([parse])
        #expect(twice.result == .rejected(why: "Telegram refused the text", permanent: true))
        #expect(twice.requests.count == 2)
    }

    @Test("a group that moved is followed within the run, and its new id can be told")
    func migration() async throws {
        let moved = error(400, "Bad Request: group chat was upgraded to a supergroup chat", #""migrate_to_chat_id":-1001999888777"#)
        let server = try LoopbackServer { $0.text.contains("-1001999888777") ? .json(delivered) : moved }
        defer { server.stop() }
        let notifier = try notifier(server)
        #expect(await notifier.deliver(hello) == .delivered(remoteId: "7"))
        #expect(notifier.newChat == -1_001_999_888_777)
        #expect(await notifier.deliver(hello) == .delivered(remoteId: "7"))
        #expect(server.requests.count == 3)
        let circle = try await outcome([moved])
        #expect(circle.result == .rejected(why: "the chat has moved and its new id is refused too", permanent: false))
        #expect(circle.requests.count == 2)
    }

    @Test("a text that is too long arrives cut, in both forms")
    func tooLong() async throws {
        let line = String(repeating: "x", count: 100) + "\n"
        let long = MessageText(html: "<pre>" + String(repeating: line, count: 60) + "</pre>", plain: String(repeating: line, count: 60))
        let (_, requests) = try await outcome([error(400, "can't parse entities"), .json(delivered)], long)
        let cut = String(repeating: String(repeating: "x", count: 100) + "\\n", count: 40)
        #expect(requests[0].text.contains(#""<pre>\#(cut.dropLast(2))</pre>\n…""#))
        #expect(requests[1].text.contains(#""\#(cut)…""#))
    }

    @Test("F097: the token is in no description, dump, reason or error of ours")
    func F097_noToken() async throws {
        let account = try TelegramAccount(token: Secret(secret), chat: 42)
        var dumped = ""
        dump(account, to: &dumped)
        dump(TelegramNotifier(account, transport: CurlTransport(version: "test")), to: &dumped)
        dumped +=
            "\(account) \(String(reflecting: account)) \(account.bot) \(String(reflecting: account.bot)) \(account.bot.token) "
            + "\(String(reflecting: account.bot.token))"
        #expect(!dumped.contains("CANARY"))
        for bad in ["", "x", "123:", ":abc", "123:a/b", "123:abc?x", "123:abc\n", "१२३:abcdef", secret + " "] {
            #expect(throws: TelegramAccountError.malformedToken) { try TelegramAccount(token: Secret(bad), chat: 1) }
        }
    }

    @Test(
        "the token travels over https, or to this machine",
        arguments: [
            ("https://api.telegram.org", true), ("https://bots.example/api/", true), ("http://127.0.0.1:8081", true), ("http://localhost:8081", true),
            ("http://api.telegram.org", false), ("http://127.0.0.1.example", false), ("http://localhost@evil.example", false), ("ftp://x", false),
            ("", false),
            ("https://", false), ("https://a b", false), ("https://a?b", false), ("http://127.0.0.1\\@evil.example", false)
        ])
    func addresses(_ address: String, _ safe: Bool) {
        #expect(((try? TelegramAccount(token: Secret(secret), chat: 1, address: address)) != nil) == safe)
    }

    @Test(
        "a chat id has at most 52 bits and is not zero",
        arguments: [(0, false), (1, true), (-1_001_999_888_777, true), (1 << 52, false), (Int64.min, false)] as [(Int64, Bool)])
    func chats(_ chat: Int64, _ good: Bool) { #expect(((try? TelegramAccount(token: Secret(secret), chat: chat)) != nil) == good) }
}
