// The commands that speak to an exchange by hand, as processes, against the test exchange as a process.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("First aid")
struct FirstAidTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let key = ["CARILLON_BINANCE_API_KEY": "test-key", "CARILLON_BINANCE_API_SECRET": "test-secret"]

    /// Starts an exchange, runs `work` with a way to ask it, and ends it.
    private func withExchange<T: Sendable>(
        _ work: @escaping @Sendable (_ ask: (_ arguments: [String], _ more: [String: String]) throws -> Ended) throws -> T
    ) async throws -> T {
        let output = bench.home("exchange")
        return try await Gate.processes.through { [bench] in
            let child = try Child(
                [Program.path, "exchange", "--synthetic", "7", "--instruments", "3", "--balance", "USDT=1000", "--json"], environment: [:],
                folder: "/",
                output: output)
            defer {
                child.signal(SIGTERM)
                _ = child.wait(seconds: Bench.limit)
            }
            while !Files.text(output + ".out").contains("\n"), !child.ends(within: 20) {}
            let url = try JSONValue(parsing: Files.text(output + ".out"))["url"].string
            return try work { arguments, more in
                try bench.start(arguments + ["--host", url, "--json"], Self.key.merging(more) { $1 }).wait(seconds: Bench.limit)
            }
        }
    }

    private static func json(_ ended: Ended) throws -> JSONValue {
        try #require(ended.way == .exit(0), "\(ended)")
        return try JSONValue(parsing: ended.out)
    }

    @Test("an order is placed, found, cancelled and gone; what was bought is on the account")
    func orders() async throws {
        try await withExchange { ask in
            let rules = try Self.json(ask(["exchange-info", "BTC/USDT"], [:]))
            #expect(rules.member("status") == "trading" && rules.member("symbol") == "BTC/USDT")
            let bought = try ask(["order", "buy", "BTC/USDT", "--quote", "100", "--id", "FirstBuy"], [:])
            #expect(bought.error.contains("sending FirstBuy to binance"))
            #expect(try Self.json(bought).member("status") == "filled")
            let account = try Self.json(ask(["account"], [:]))
            guard case .array(let held)? = account.member("balances") else { Issue.record("no balances"); return }
            #expect(held.map { $0.member("asset") } == ["BTC", "USDT"])

            let resting = try Self.json(ask(["order", "sell", "BTC/USDT", "--quantity", "0.001", "--limit", "150000", "--id", "Rest1"], [:]))
            #expect(resting.member("status") == "new" && resting.member("clientOrderId") == "Rest1")
            #expect(try Self.json(ask(["order", "show", "BTC/USDT", "Rest1"], [:])).member("status") == "new")
            guard case .array(let open)? = try Self.json(ask(["order", "open"], [:])).member("orders") else { Issue.record("no orders"); return }
            #expect(open.count == 1)
            _ = try Self.json(ask(["order", "cancel", "BTC/USDT", "Rest1"], [:]))
            #expect(try Self.json(ask(["order", "show", "BTC/USDT", "Rest1"], [:])).member("status") == "canceled")
            guard case .array(let trades)? = try Self.json(ask(["order", "trades", "BTC/USDT"], [:])).member("trades") else {
                Issue.record("no trades"); return
            }
            #expect(!trades.isEmpty)
        }
    }

    @Test("a limit and a stop on the same coins are a pair: cancelling all ends both")
    func pair() async throws {
        try await withExchange { ask in
            _ = try Self.json(ask(["order", "buy", "BTC/USDT", "--quote", "200"], [:]))
            let pair = try Self.json(ask(["order", "sell", "BTC/USDT", "--quantity", "0.001", "--limit", "150000", "--stop", "9000"], [:]))
            #expect(pair.member("kind") == "oco")
            guard case .array(let cancelled)? = try Self.json(ask(["order", "cancel", "BTC/USDT", "--all"], [:])).member("cancelled") else {
                Issue.record("nothing"); return
            }
            #expect(cancelled.count == 2)
            guard case .array(let open)? = try Self.json(ask(["order", "open", "BTC/USDT"], [:])).member("orders") else {
                Issue.record("no orders"); return
            }
            #expect(open.isEmpty)
        }
    }

    @Test("a no has its exit code, its reason and no secret")
    func refusals() async throws {
        try await withExchange { ask in
            let table: [([String], [String: String], Int32, String)] = [
                (["order", "sell", "BTC/USDT", "--quantity", "5", "--limit", "150000"], [:], 65, "insufficient balance"),
                (["order", "sell", "BTC/USDT", "--quantity", "0.0000001", "--limit", "150000"], [:], 65, "LOT_SIZE; nothing was sent"),
                (["order", "buy", "NOPE/USDT", "--quote", "5"], [:], 64, "no spot pair NOPE/USDT"),
                (["order", "buy", "BTC/USDT", "--quote", "much"], [:], 64, "expected a number above zero"),
                (["order", "show", "BTC/USDT", "99"], [:], 65, "does not exist"),
                (["account"], ["CARILLON_BINANCE_API_SECRET": "canary-wrong-secret"], 77, "refused the key"),
                (["account"], ["CARILLON_BINANCE_PRIVATE_KEY": "canary-no-pem"], 78, "is not an Ed25519 private key")
            ]
            for (arguments, more, code, words) in table {
                let ended = try ask(arguments, more)
                #expect(ended.way == .exit(code) && ended.error.contains(words) && ended.out.isEmpty, "\(arguments): \(ended)")
                #expect(!ended.everything.contains("canary") && !ended.everything.contains("test-secret"))
            }
        }
    }

    @Test(
        "an order that the exchange rejects ends with 65, one whose status nobody knows with 75, one that is taken with 0; each is told",
        arguments: [
            ("REJECTED", 65, "rejected it: BTC/USDT"),
            ("BURIED", 75, "gave it a status that Carillon does not know; ask before sending again: BTC/USDT"), ("NEW", 0, "sending Mine1 to ")
        ] as [(String, Int32, String)])
    func orderStatus(_ status: String, _ code: Int32, _ words: String) async throws {
        let server = try LoopbackServer { request in
            switch request.target.prefix(while: { $0 != "?" }) {
            case "/api/v3/time": .json("{\"serverTime\":\(Self.now)}")
            case "/api/v3/exchangeInfo": .json(Self.rules)
            case "/api/v3/order": .json(Self.answer(status))
            default: .json("{}", status: 404)
            }
        }
        defer { server.stop() }
        let ended = try await bench.run(
            ["order", "buy", "BTC/USDT", "--quantity", "0.001", "--limit", "50000", "--id", "Mine1", "--host", server.url, "--json"], Self.key)
        #expect(ended.way == .exit(code) && ended.error.contains(words) && ended.out.isEmpty == (code != 0), "\(ended)")
        #expect(server.requests.count { $0.method == "POST" } == 1)
        #expect(ended.error.contains("sending Mine1 to "))
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000
    }
    private static let rules = """
        {"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quoteAssetPrecision":8,\
        "isSpotTradingAllowed":true,"orderTypes":["LIMIT","MARKET"],"permissionSets":[],\
        "filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},\
        {"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000","stepSize":"0.00001"},{"filterType":"NOTIONAL","minNotional":"5"}]}]}
        """
    private static func answer(_ status: String) -> String {
        """
        {"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"Mine1","transactTime":\(now),"price":"50000","origQty":"0.001",\
        "executedQty":"0",\
        "origQuoteOrderQty":"0","cummulativeQuoteQty":"0","status":"\(status)","timeInForce":"GTC","type":"LIMIT","side":"BUY"}
        """
    }

    @Test(
        "without a key, with an exchange that is not there, and on a live one, nothing is sent and the reason is said",
        arguments: [
            (["account", "--host", "http://127.0.0.1:1"], [:], 78, "no key: set CARILLON_BINANCE_API_KEY"),
            (["account", "--host", "http://127.0.0.1:1"], key, 69, "could not be asked"),
            (["order", "buy", "BTC/USDT", "--quote", "5", "--host", "live"], key, 64, "orders on a live exchange are refused"),
            (["order", "cancel", "BTC/USDT", "--all", "--host", "live"], key, 64, "orders on a live exchange are refused"),
            (["account", "--host", "http://192.0.2.1"], key, 64, "an address on this machine"),
            (["order", "buy", "BTC/USDT"], key, 64, "--quantity COINS")
        ] as [([String], [String: String], Int32, String)])
    func nothingSent(_ arguments: [String], _ variables: [String: String], _ code: Int32, _ words: String) async throws {
        let ended = try await bench.run(arguments, variables)
        #expect(ended.way == .exit(code) && ended.error.contains(words), "\(ended)")
    }
}
