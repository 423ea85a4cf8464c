// Prices that are not the market's, in one kind of answer while the others stay right.
import ExchangeServer
import Kernel
import Ports
import StrictJSON
import TestSupport
import Testing

@Suite struct WrongPriceTests {
    private static func wrong(_ form: WrongPrice.Form, lastOnly: Bool = false, path: String = "klines") -> Fault {
        Fault(.wrongPrice(WrongPrice(form, lastOnly: lastOnly)), path: path, count: 1_000)
    }

    /// Opening, high, low and close of the newest minutes, the one in the making behind them.
    private func minutes(_ bench: Bench, _ count: Int = 3) async throws -> [[String]] {
        try await bench.get("/api/v3/klines", "symbol=BTCUSDT&interval=1m&limit=\(count)").rows.map { row in try (1...4).map { try row[$0].string } }
    }
    private static let right = [String](repeating: "60000.00000000", count: 4), up = [String](repeating: "6000000.00000000", count: 4)

    @Test("candles are shifted, all or the last that closed, while last price and book stay right")
    func scale() async throws {
        try await Bench.with { bench async throws in
            bench.clock.advance(by: .minutes(2))
            bench.venue.add(Self.wrong(.scale(FixedDecimal(100))))
            #expect(try await minutes(bench) == [Self.up, Self.up, Self.up])
            #expect(try await bench.get("/api/v3/ticker/24hr", "symbol=BTCUSDT").text("lastPrice") == "60000.00000000")
            #expect(try await bench.get("/api/v3/ticker/bookTicker", "symbol=BTCUSDT").text("bidPrice")?.hasPrefix("59999.") == true)
            bench.venue.clearFaults()
            bench.venue.add(Self.wrong(.scale(FixedDecimal(100)), lastOnly: true))
            #expect(try await minutes(bench) == [Self.right, Self.up, Self.up])
            bench.venue.clearFaults()
            #expect(try await minutes(bench) == [Self.right, Self.right, Self.right])
        }
    }

    @Test("a wick goes out and comes back", arguments: [("0.01", 2, "600.00000000"), ("100", 1, "6000000.00000000")])
    func wick(_ factor: String, _ place: Int, _ far: String) async throws {
        try await Bench.with { bench async throws in
            bench.clock.advance(by: .minutes(2))
            bench.venue.add(Self.wrong(.wick(FixedDecimal(factor)!), lastOnly: true))
            var wrong = Self.right
            wrong[place] = far
            #expect(try await minutes(bench) == [Self.right, wrong, wrong])
        }
    }

    @Test("a stale copy tells the price of its moment under new times", arguments: ["klines", "ticker/24hr", "bookTicker", "ticker/price"])
    func stale(_ path: String) async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Self.wrong(.stale, path: path))
            bench.venue.setPrice(.btc, Price("50000")!, hold: false)
            bench.clock.advance(by: .minutes(2))
            func told(_ path: String, _ name: String) async throws -> Bool {
                try await bench.get("/api/v3/\(path)", "symbol=BTCUSDT").text(name) == "60000.00000000"
            }
            #expect(try await (minutes(bench, 2) == [Self.right, Self.right]) == (path == "klines"))
            #expect(try await told("ticker/24hr", "lastPrice") == (path == "ticker/24hr"))
            #expect(try await told("ticker/bookTicker", "askPrice") == (path == "bookTicker"))
            #expect(try await told("ticker/price", "price") == (path == "ticker/price"))
            #expect(bench.venue.lastPrice(.btc) == Price("50000"))
        }
    }

    @Test("tickers of all symbols, depth and the day's range are wrong too, percentages are not")
    func tickers() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Self.wrong(.scale("0.01"), path: "/api/v3/"))
            let rows = try await bench.get("/api/v3/ticker/24hr").rows
            #expect(rows.map { $0.text("lastPrice") } == ["600.00000000", "30.00000000"] && rows[0].text("priceChangePercent") == "0.000")
            #expect(try await bench.get("/api/v3/depth", "symbol=BTCUSDT&limit=1").json["bids"][0][0].string.hasPrefix("599.") == true)
            #expect(try await bench.get("/api/v3/time").keys == ["serverTime"])
            #expect(try await bench.get("/api/v3/klines", "symbol=NOSUCH&interval=1m").code == -1121)
        }
    }

    @Test("the control port makes it, and refuses what makes no sense")
    func ordered() async throws {
        try await Bench.with(control: true) { bench async throws in
            #expect(
                try await bench.control(
                    .post, "/faults", #"{"effect":"wrongPrice","form":"wick","factor":"0.01","candles":"last","path":"klines","count":9}"#
                ).status == 200)
            #expect(try await minutes(bench, 1)[0][2] == "600.00000000")
            for body in [
                #"{"effect":"wrongPrice"}"#, #"{"effect":"wrongPrice","factor":"0"}"#, #"{"effect":"wrongPrice","factor":"1"}"#,
                #"{"effect":"wrongPrice","factor":"2","form":"x"}"#,
                #"{"effect":"wrongPrice","factor":"2","candles":"first"}"#
            ] {
                #expect(try await bench.control(.post, "/faults", body).status == 400, "\(body)")
            }
        }
    }
}
