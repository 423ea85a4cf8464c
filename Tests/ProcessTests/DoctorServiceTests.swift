// Doctor asks each service that the settings name: with any one of them dead, that one is named and the exit code is not 0.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

/// Telegram, a model and a feed on loopback, each of which can be made to fail.
private struct Services {
    let telegram: LoopbackServer
    let model: LoopbackServer
    let news: LoopbackServer

    init(token: ScriptedAnswer? = nil, chat: ScriptedAnswer? = nil, model dead: ScriptedAnswer? = nil, news lost: ScriptedAnswer? = nil) throws {
        telegram = try LoopbackServer { request in
            if request.target.hasSuffix("/getMe") { return token ?? .json(#"{"ok":true,"result":{"id":1,"is_bot":true,"username":"bell_bot"}}"#) }
            if request.target.hasSuffix("/getChat") { return chat ?? .json(#"{"ok":true,"result":{"id":42,"type":"private","first_name":"Ada"}}"#) }
            return token ?? chat ?? .json(#"{"ok":true,"result":{"message_id":7}}"#)
        }
        model = try LoopbackServer(answers: [
            dead
                ?? .json(
                    #"{"id":"c","model":"m","choices":[{"finish_reason":"stop","message":{"content":"{\"ok\":true}"}}],"usage":{"prompt_tokens":9,"#
                        + #""completion_tokens":5}}"#
                )
        ])
        news = try LoopbackServer(answers: [lost ?? ScriptedAnswer(headers: [("Content-Type", "application/rss+xml")], body: Array(Self.feed.utf8))])
    }

    private static let feed =
        "<rss version=\"2.0\"><channel><title>Wire</title><item><title>Nothing "
        + "happened</title><link>https://news.example/1</link><guid>1</guid></item></channel></rss>"

    func stop() {
        for server in [telegram, model, news] { server.stop() }
    }
}

@Suite("Doctor asks the services")
struct DoctorServiceTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let keys = ["CARILLON_TELEGRAM_TOKEN": "123456:abc", "CARILLON_OPENAI_API_KEY": "some-key", "CARILLON_NEWSAPI_KEY": "some-key"]

    /// - Parameter price: of the model, in USD per million tokens, or `free`.
    private func settings(
        _ services: Services, price: String = "free", telegram: String? = nil, model: String? = nil, feeds: String = "", more: String = ""
    ) -> String {
        """
        feeds: {news: ["\(services.news.url)/rss"]\(feeds)}
        panel:
          - {name: trend, kind: indicator, role: voter}
          - {name: momentum, kind: indicator, role: voter}
          - {name: technical, kind: prompt, role: voter, model: m, provider: openai}
        models: {openaiURL: "\(model ?? services.model.url)/v1", prices: {m: \(price)}}
        telegram: {enabled: true, chatId: 42, baseURL: "\(telegram ?? services.telegram.url)"}
        \(more)

        """
    }

    private struct Examined {
        let ended: Ended
        let rows: [(part: String, level: String, found: String)]
        func level(_ part: String) -> String? { rows.first { $0.part.hasPrefix(part) }?.level }
        func found(_ part: String) -> String { rows.first { $0.part.hasPrefix(part) }?.found ?? "" }
        var broken: [String] { rows.filter { $0.level == "broken" }.map(\.part) }
    }

    private func examine(_ settings: String, _ flags: [String] = []) async throws -> Examined {
        let file = bench.write("settings.yaml", settings)
        let ended = try await bench.run(["doctor", "--json", "--home", bench.home(), "--config", file] + flags, Self.keys)
        let rows = try JSONValue(parsing: ended.out)["findings"].array.map {
            (part: try $0["part"].string, level: try $0["level"].string, found: try $0["found"].string)
        }
        return Examined(ended: ended, rows: rows)
    }

    @Test("all that answers is said to answer, each was asked once, and nobody got a message")
    func living() async throws {
        let services = try Services()
        defer { services.stop() }
        let told = try await examine(settings(services))
        #expect(told.ended.way == .exit(0) && told.broken.isEmpty, "\(told.rows)")
        #expect(
            told.found("telegram") == "@bell_bot may write to Ada" && told.found("openai").hasPrefix("m answers in ")
                && told.level("127.0.0.1") == "well" && told.level("prompts") == "well")
        #expect(
            services.telegram.requests.map { $0.target.split(separator: "/").last.map(String.init) } == ["getMe", "getChat"]
                && services.model.requests.count == 1)
        #expect(told.found("SQLite").hasPrefix("3."))
    }

    @Test("offline nobody is asked, and that is not called well")
    func offline() async throws {
        let services = try Services()
        defer { services.stop() }
        let file = bench.write("settings.yaml", settings(services))
        let ended = try await bench.run(["doctor", "--offline", "--home", bench.home(), "--config", file], Self.keys)
        #expect(ended.way == .exit(0) && !ended.out.hasPrefix("All well.\n"), "\(ended)")
        #expect(services.telegram.requests.isEmpty && services.model.requests.isEmpty && services.news.requests.isEmpty)
    }

    private static let refused = ScriptedAnswer.json(
        #"{"error":{"message":"no such key","type":"authentication_error","code":"invalid_api_key"}}"#, status: 401)

    enum Death: String, CaseIterable, Sendable { case token, chat, telegramHost, modelKey, modelHost, feed, newsapi, mood }

    @Test(
        "each part dead is named, with the reason, and the exit code is 69",
        arguments: [
            (.token, "telegram", "token is wrong"), (.chat, "telegram", "chat is not known"), (.telegramHost, "telegram", "cannot be reached"),
            (.modelKey, "openai", "key refused"), (.modelHost, "openai", "unreachable"), (.feed, "127.0.0.1", ""),
            (.newsapi, "newsapi", ""), (.mood, "fear and greed", "")
        ] as [(Death, String, String)])
    func dead(_ death: Death, part: String, why: String) async throws {
        let services = try Services(
            token: death == .token ? .json(#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#, status: 401) : nil,
            chat: death == .chat ? .json(#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#, status: 400) : nil,
            model: death == .modelKey ? Self.refused : nil, news: death == .feed ? .html("<p>down</p>", status: 404) : nil)
        defer { services.stop() }
        let nobody = "http://127.0.0.1:1"
        let feeds =
            death == .newsapi ? ", newsapi: true, newsapiURL: \"\(nobody)\"" : death == .mood ? ", feargreed: true, feargreedURL: \"\(nobody)\"" : ""
        let told = try await examine(
            settings(services, telegram: death == .telegramHost ? nobody : nil, model: death == .modelHost ? nobody : nil, feeds: feeds))
        #expect(
            told.ended.way == .exit(69) && told.broken.count == 1 && told.level(part) == "broken" && (why.isEmpty || told.found(part).contains(why)),
            "\(death): \(told.rows)")
    }

    @Test(
        "a model's answer is held against the form it was asked for; a wrong one is named with what to do",
        arguments: [
            ("{\\\"ok\\\":true}", "stop", "well", "m answers in "), ("<think>Am I here?</think>{\\\"ok\\\":true}", "stop", "well", "m answers in "),
            ("I cannot help with that.", "stop", "broken", "not in the form that was asked for: the answer holds no object of the asked form"),
            ("{\\\"ok\\\":\\\"yes\\\"}", "stop", "broken", "not in the form that was asked for"),
            ("No", "content_filter", "broken", "not in the form that was asked for: model declined"),
            ("Let me think about", "length", "hint", "was cut off before the form of its answer could be checked")
        ])
    func form(content: String, ending: String, level: String, words: String) async throws {
        let answer =
            "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"\(ending)\",\"message\":{\"content\":\"\(content)\"}}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5}}"
        let services = try Services(model: .json(answer))
        defer { services.stop() }
        let told = try await examine(settings(services))
        #expect(told.level("openai") == level && told.found("openai").contains(words), "\(told.rows)")
        #expect(told.ended.way == .exit(level == "broken" ? 69 : 0), "\(told.ended)")
        if level == "broken" { #expect(told.ended.out.contains("another model, or a server that keeps to a JSON schema")) }
    }

    @Test("a message that waits because there is no token is shown at once, with the reason, and the reason is kept once")
    func noToken() async throws {
        let services = try Services()
        defer { services.stop() }
        let file = bench.write("settings.yaml", settings(services)), keys = Self.keys.filter { $0.key != "CARILLON_TELEGRAM_TOKEN" }
        let cycle = try await bench.run(["cycle", "--home", bench.home(), "--config", file], keys)
        #expect(cycle.way == .exit(0) && cycle.error.contains("messages stay queued"), "\(cycle)")
        let status = try await bench.run(["status", "--home", bench.home(), "--config", file], keys)
        #expect(
            status.out.contains("■ Telegram: ") && status.out.contains("not delivered since")
                && status.out.contains("no token: set CARILLON_TELEGRAM_TOKEN"), "\(status)")
        // With a token they go out.
        _ = try await bench.run(["monitor", "--home", bench.home(), "--config", file], Self.keys)
        #expect(services.telegram.requests.contains { $0.target.hasSuffix("/sendMessage") })
    }

    @Test("a prompt without its user part and a budget below one call end with 78", arguments: [false, true])
    func prompts(budget: Bool) async throws {
        let services = try Services()
        defer { services.stop() }
        let text = """
            ---
            role: voter
            asks: decision
            schema: decision
            inputs: [symbol, candles]
            budget: {outputTokens: 500, usd: 0.001}
            deadline: 60
            ---
            You look at one coin.
            \(budget ? "=== user ===" : "")
            The coin is {{symbol}}.

            """
        mkdir(bench.folder + "/prompts", 0o700)
        _ = bench.write(
            "prompts/technical.md",
            budget ? text.replacing("The coin", with: "{{candles}}\nThe coin") : text.replacing("[symbol, candles]", with: "[symbol]"))
        let own = settings(services, price: budget ? "{input: 1, output: 5}" : "free", more: "prompts: prompts")
        let told = try await examine(own)
        #expect(told.ended.way == .exit(78) && told.level("prompts") == "broken", "\(told.rows)")
        #expect(told.found("prompts").contains(budget ? "its budget is 0.001 USD" : "=== user ==="), "\(told.rows)")
        let checked = try await bench.run(["prompts", "check", "--config", bench.folder + "/settings.yaml"])
        #expect(checked.way == .exit(78) && checked.out.contains("technical.md: error: "), "\(checked)")
    }

    @Test("another world's home is named and ends with 78")
    func otherWorld() async throws {
        let services = try Services()
        defer { services.stop() }
        try #require(
            await bench.run(["monitor", "--home", bench.home(), "--config", bench.write("other.yaml", "feeds: {seed: 8}\n")]).way == .exit(0))
        let told = try await examine(settings(services))
        #expect(told.ended.way == .exit(78) && told.broken == ["world"] && told.found("world").contains("synthetic:8"), "\(told.rows)")
    }

    @Test("what a model costs is reserved and written down; without a journal it is not asked")
    func journaled() async throws {
        let services = try Services()
        defer { services.stop() }
        let own = settings(services, price: "{input: 1, output: 5}")
        let before = try await examine(own)
        #expect(before.level("openai") == "hint" && services.model.requests.isEmpty, "\(before.rows)")
        try #require(await bench.run(["monitor", "--home", bench.home(), "--config", bench.folder + "/settings.yaml"], Self.keys).way == .exit(0))
        let told = try await examine(own)
        #expect(told.ended.way == .exit(0) && told.level("openai") == "well" && services.model.requests.count == 1, "\(told.rows)")
        let chain = try Chain(bench.journal(bench.home()))
        #expect(chain.count("callReserved") == 1 && chain.count("callSettled") == 1)
    }

    @Test("messages that did not arrive are told with the reason")
    func undelivered() async throws {
        let services = try Services(token: .json(#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#, status: 401))
        defer { services.stop() }
        let file = bench.write("settings.yaml", settings(services))
        try #require(await bench.run(["cycle", "--home", bench.home(), "--config", file], Self.keys).way == .exit(0))
        let told = try await examine(settings(services))
        #expect(
            told.ended.way == .exit(69) && told.level("messages") == "broken" && told.found("messages").contains("token is wrong"), "\(told.rows)")
        let status = try await bench.run(["status", "--home", bench.home(), "--config", file], Self.keys)
        #expect(status.out.contains("not delivered") && status.out.contains("token is wrong"), "\(status)")
    }
}
