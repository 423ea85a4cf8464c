// Binance's answers, right and wrong, as the market feed reads them; the right ones are this file's own
// small fixtures in the venue's documented shape.
import Analysis
import Kernel
import Market
import Ports
import TestSupport
import Testing

@testable import Feeds
@testable import VenueBinance

@Suite("Binance market feed")
struct BinanceMarketFeedTests {
    let clock = FakeClock()
    /// 2026-01-05T14:00:00Z, the fake clock's start.
    static let start = Timestamp(milliseconds: 1_767_621_600_000)
    static let bitcoin = Symbol("BTC/USDT")!

    func feed(_ transport: FakeTransport, limits: BinanceLimits? = nil) -> BinanceMarketFeed {
        BinanceMarketFeed(baseURL: "http://venue/", transport: transport, limits: limits ?? BinanceLimits(clock: clock), clock: clock)
    }
    /// Answers by path; time questions get the fake clock's time plus `offset`.
    func venue(offset: Int64 = 0, _ answer: @escaping @Sendable (HTTPRequest) -> String) -> FakeTransport {
        FakeTransport { [clock] (request, _) throws(HTTPError) in
            request.url.contains("/time") ? HTTPResponse("{\"serverTime\":\(clock.now.milliseconds + offset)}") : HTTPResponse(answer(request))
        }
    }
    static func row(_ open: Timestamp, close: String = "2", high: String = "3", low: String = "1", step: TimeSpan = .hours(1)) -> String {
        "[\(open.milliseconds),\"2\",\"\(high)\",\"\(low)\",\"\(close)\",\"10.5\",\((open + step).milliseconds - 1),\"21\",7,\"5\",\"10\",\"0\"]"
    }
    /// Serves hourly rows of the window asked for, leaving out what `skipping` names.
    static func klines(_ request: HTTPRequest, skipping: Set<Int64> = []) -> String {
        let parameters = Dictionary(
            request.url.split(separator: "?")[1].split(separator: "&").map { pair in
                let parts = pair.split(separator: "=")
                return (String(parts[0]), String(parts[1]))
            }, uniquingKeysWith: { first, _ in first })
        var open = Timestamp(milliseconds: Int64(parameters["startTime"]!)!)
        let end = Int64(parameters["endTime"]!)!
        var rows: [String] = []
        while open.milliseconds <= end, rows.count < Int(parameters["limit"]!)! {
            if !skipping.contains(open.milliseconds) { rows.append(row(open)) }
            open = open + .hours(1)
        }
        return "[" + rows.joined(separator: ",") + "]"
    }
    func candles(_ body: String, from hours: Int = 3) async throws(FeedError) -> [Candle] {
        try await feed(venue { _ in body }).candles(Self.bitcoin, .h1, from: Self.start - .hours(hours), to: Self.start, limit: 100)
    }

    @Test("a few tickers are asked for by name, and what was not asked for is not read; all tickers still mean all")
    func someTickers() async throws {
        let ether = Symbol("ETH/USDT")!
        let transport = venue { request in
            request.url.contains("exchangeInfo")
                ? Self.info([Self.symbol("BTCUSDT", "BTC"), Self.symbol("ETHUSDT", "ETH")])
                : "[" + Self.ticker("BTCUSDT") + "," + Self.ticker("ETHUSDT") + "]"
        }
        let feed = feed(transport)
        #expect(try await feed.tickers(of: []).isEmpty)
        #expect(try await feed.tickers(of: [ether]).map(\.symbol) == [ether])
        #expect(transport.requests[0].url == "http://venue/api/v3/ticker/24hr?symbols=%5B%22ETHUSDT%22%5D")
        #expect(try await feed.tickers(at: Self.start).count == 2)
    }

    @Test("best prices: an empty or crossed side is left out, a symbol that was not asked for makes no sense")
    func bestPrices() async throws {
        func row(_ name: String, _ bid: String, _ ask: String) -> String {
            "{\"symbol\":\"\(name)\",\"bidPrice\":\"\(bid)\",\"askPrice\":\"\(ask)\"}"
        }
        let symbols = [Self.bitcoin, Symbol("ETH/USDT")!, Symbol("LTC/USDT")!]
        let body = "[" + [row("BTCUSDT", "1", "2"), row("ETHUSDT", "0", "2"), row("LTCUSDT", "3", "2")].joined(separator: ",") + "]"
        #expect(try await feed(venue { _ in body }).bestPrices(of: symbols) == [Self.bitcoin: BestPrices(bid: Price("1")!, ask: Price("2")!)])
        await #expect(throws: FeedError.self) { try await feed(venue { _ in body }).bestPrices(of: [Self.bitcoin]) }
    }

    @Test("candles page backwards in windows of a thousand and keep the newest")
    func paging() async throws {
        let transport = venue { Self.klines($0) }
        let candles = try await feed(transport).candles(Self.bitcoin, .h1, from: Self.start - .days(365), to: Self.start, limit: 2_500)
        #expect(candles.count == 2_500)
        #expect(candles.last?.openTime == Self.start - .hours(1))
        #expect(zip(candles, candles.dropFirst()).allSatisfy { $1.openTime - $0.openTime == .hours(1) })
        #expect(transport.requests.filter { $0.url.contains("klines") }.count == 3)
        #expect(transport.requests.allSatisfy { $0.url.hasPrefix("http://venue/api/v3/") })
    }

    @Test("a gap does not shorten the answer: older candles take its place")
    func gaps() async throws {
        let hole = (Self.start - .hours(5)).milliseconds
        let candles = try await feed(venue { Self.klines($0, skipping: [hole]) })
            .candles(Self.bitcoin, .h1, from: Self.start - .hours(1_000), to: Self.start, limit: 200)
        #expect(candles.count == 200)
        #expect(!candles.contains { $0.openTime.milliseconds == hole })
    }

    @Test("nothing to ask for is nothing asked")
    func nothing() async throws {
        let transport = venue { Self.klines($0) }
        #expect(try await feed(transport).candles(Self.bitcoin, .h1, from: Self.start, to: Self.start, limit: 10).isEmpty)
        #expect(try await feed(transport).candles(Self.bitcoin, .h1, from: Self.start - .hours(9), to: Self.start, limit: 0).isEmpty)
        #expect(!transport.requests.contains { $0.url.contains("klines") })
    }

    @Test("a candle still open by the venue's clock is not returned, though ours says it is over")
    func F051_unclosedCandle() async throws {
        clock.advance(by: .seconds(1))
        let rows = [Self.row(Self.start - .hours(2)), Self.row(Self.start - .hours(1)), Self.row(Self.start)].map { $0 }
        let body = "[" + rows.joined(separator: ",") + "]"
        let behind = venue(offset: -2_000) { _ in body }
        let candles = try await feed(behind).candles(Self.bitcoin, .h1, from: Self.start - .hours(2), to: Self.start + .hours(5), limit: 9)
        #expect(candles.map(\.openTime) == [Self.start - .hours(2)])
        let inStep = try await feed(venue { _ in body }).candles(
            Self.bitcoin, .h1, from: Self.start - .hours(2), to: Self.start + .hours(5), limit: 9)
        #expect(inStep.map(\.openTime) == [Self.start - .hours(2), Self.start - .hours(1)])
    }

    @Test("rows that repeat, go back or were not asked for refuse the answer")
    func F052_disorder() async {
        let (a, b) = (Self.start - .hours(2), Self.start - .hours(1))
        for rows in [
            [Self.row(a), Self.row(a)], [Self.row(b), Self.row(a)], [Self.row(a + .minutes(7)), Self.row(a)], [Self.row(Self.start - .hours(9))]
        ] {
            let error = await feedError { () throws(FeedError) in try await candles("[" + rows.joined(separator: ",") + "]") }
            #expect(error?.kind == .malformed)
        }
    }

    @Test("a candle that an outage cut short, and hours off the grid behind it, are gaps: the sound rows round them stay")
    func F052_outage() async throws {
        let rows = [
            Self.row(Self.start - .hours(5)), Self.row(Self.start - .hours(4), step: .minutes(28)), Self.row(Self.start - .minutes(212)),
            Self.row(Self.start - .minutes(152), step: .minutes(32)), Self.row(Self.start - .hours(2)), Self.row(Self.start - .hours(1))
        ]
        let read = try await candles("[" + rows.joined(separator: ",") + "]", from: 5)
        #expect(read.map { (Self.start - $0.openTime).milliseconds / 3_600_000 } == [5, 2, 1])
    }

    @Test("a whole page off the grid does not end the search: older sound candles are found behind it")
    func outageOfAPage() async throws {
        let before = Self.start - .hours(300)
        let feed = feed(
            venue { request in
                let rows = Self.klines(request)
                // Of the newest 300 hours the venue has only some that open at half past.
                guard let from = request.url.split(separator: "startTime=").last.flatMap({ Int64($0.prefix { $0 != "&" }) }),
                    from >= before.milliseconds
                else { return rows }
                return "[" + (0..<50).map { Self.row(Timestamp(milliseconds: from) + .hours($0) + .minutes(30)) }.joined(separator: ",") + "]"
            })
        let read = try await feed.candles(Self.bitcoin, .h1, from: Self.start - .hours(600), to: Self.start, limit: 100)
        #expect(read.count == 100 && read.last?.openTime == before - .hours(1))
    }

    @Test(
        "a row with a price that is none is no candle; it hides no sound row, and alone it is no answer",
        arguments: [
            "\"0\"", "\"-2\"", "\"\"", "\"NaN\"", "\"1e400\"", "null", "2.0", "2", "\"2,0\"", "\"9\"", "\"0.5\"", "true", "[]", "\"0.0000000000001\""
        ])
    func F053_noPrice(_ close: String) async throws {
        let body = "[" + Self.row(Self.start - .hours(1)).replacing("\"1\",\"2\",\"10.5\"", with: "\"1\",\(close),\"10.5\"") + "]"
        #expect(body.contains(close))
        #expect(await feedError { () throws(FeedError) in try await candles(body) }?.kind == .malformed)
        let sound = [3, 2].map { Self.row(Self.start - .hours($0)) }.joined(separator: ",")
        let read = try await candles("[" + sound + "," + body.dropFirst(), from: 3)
        #expect(read.map(\.openTime) == [Self.start - .hours(3), Self.start - .hours(2)])
    }

    static func symbol(
        _ name: String, _ base: String, _ quote: String = "USDT", status: String = "TRADING", tick: String = "0.01", lot: String = "0.001",
        more: String = "", spot: Bool = true
    ) -> String {
        """
        {"symbol":"\(name)","status":"\(status)","baseAsset":"\(base)","baseAssetPrecision":8,"quoteAsset":"\(quote)","quoteAssetPrecision":6,
        "isSpotTradingAllowed":\(spot)\(more),"filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1","tickSize":"\(tick)"},
        {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"9","stepSize":"\(lot)"},{"filterType":"NOTIONAL","minNotional":"5.00"},
        {"filterType":"MIN_NOTIONAL","minNotional":"4"},{"filterType":"NEW_FILTER_OF_2027","x":[1]}]}
        """
    }
    static func info(_ symbols: [String]) -> String { "{\"timezone\":\"UTC\",\"symbols\":[" + symbols.joined(separator: ",") + "]}" }

    @Test("only spot markets open for trading become instruments, with their venue's steps")
    func instruments() async throws {
        let body = Self.info([
            Self.symbol("ETHUSDT", "ETH", tick: "0.00000000", lot: "0"),
            Self.symbol("BTCUSDT", "BTC", more: ",\"permissionSets\":[[\"MARGIN\",\"SPOT\"]]"),
            Self.symbol("BTCUSDT", "BTC", tick: "1"), Self.symbol("AAAUSDT", "AAA", status: "HALT"),
            Self.symbol("BBBUSDT", "BBB", status: "CANCEL_ONLY"),
            Self.symbol("CCCUSDT", "CCC", spot: false), Self.symbol("DDDUSDT", "DDD", more: ",\"permissionSets\":[[\"TRD_GRP_004\"]]"),
            Self.symbol("币安人生USDT", "币安人生"), Self.symbol("XUSDT", "EEE"), Self.symbol("FFFUSDT", "FFF", tick: "-1"), "7", "{}"
        ])
        let instruments = try await feed(venue { _ in body }).instruments(at: clock.now)
        #expect(instruments.map(\.symbol.description) == ["BTC/USDT", "ETH/USDT"])
        #expect(instruments[0] == Instrument(symbol: Self.bitcoin, tickSize: "0.01", lotStep: "0.001", minNotional: "5"))
        #expect((instruments[1].tickSize, instruments[1].lotStep) == ("0.000001", "0.00000001"))
    }

    @Test("changed filters are seen by the next call")
    func F042_filtersRefreshed() async throws {
        let transport = FakeTransport { (_, number) throws(HTTPError) in
            HTTPResponse(Self.info([Self.symbol("BTCUSDT", "BTC", tick: number == 0 ? "0.01" : "0.1")]))
        }
        let feed = feed(transport)
        #expect(try await feed.instruments(at: clock.now)[0].tickSize == "0.01")
        #expect(try await feed.instruments(at: clock.now)[0].tickSize == "0.1")
    }

    @Test("an unknown status or a filter of tomorrow harms nobody else (new enum values)")
    func F027_newValues() async throws {
        let body = Self.info([Self.symbol("BTCUSDT", "BTC"), Self.symbol("AAAUSDT", "AAA", status: "SOMETHING_NEW")])
        #expect(try await feed(venue { _ in body }).instruments(at: clock.now).count == 1)
    }

    static func ticker(_ symbol: String, last: String = "4.00000200", bid: String = "4.00000000", time: Int64 = 1_767_621_599_000) -> String {
        """
        {"symbol":"\(symbol)","priceChange":"-0.1","priceChangePercent":"-2.500","weightedAvgPrice":"4.1","lastPrice":"\(last)","bidPrice":"\(bid)",
        "askPrice":"4.01","openPrice":"1","highPrice":"5","lowPrice":"1","volume":"10","quoteVolume":"41.5","openTime":1,
        "closeTime":\(time),"count":76}
        """
    }

    @Test("tickers of known instruments only; one without a price sits out, a dead side is unknown")
    func tickers() async throws {
        let info = Self.info([Self.symbol("BTCUSDT", "BTC"), Self.symbol("ETHUSDT", "ETH"), Self.symbol("LTCUSDT", "LTC")])
        let rows = [
            Self.ticker("LTCUSDT", last: "0.00000000"), Self.ticker("ETHUSDT", bid: "0.00000000"), Self.ticker("BTCUSDT"), Self.ticker("XXXUSDT"), "3"
        ]
        let tickers = try await feed(venue { $0.url.contains("exchangeInfo") ? info : "[" + rows.joined(separator: ",") + "]" }).tickers(
            at: clock.now)
        #expect(tickers.map(\.symbol.description) == ["BTC/USDT", "ETH/USDT"])
        #expect(
            tickers[0]
                == Ticker(
                    symbol: Self.bitcoin, time: Timestamp(milliseconds: 1_767_621_599_000), last: Price("4.000002")!, bid: Price("4"),
                    ask: Price("4.01"), quoteVolume: "41.5", change: "-0.025"))
        #expect(tickers[1].bid == nil)
    }

    @Test("an answer about another symbol is malformed")
    func F049_wrongSymbol() async throws {
        #expect(try await feed(venue { _ in Self.ticker("BTCUSDT") }).ticker(of: Self.bitcoin).last == Price("4.000002"))
        let error = await feedError { () throws(FeedError) in try await feed(venue { _ in Self.ticker("ETHUSDT") }).ticker(of: Self.bitcoin) }
        #expect(error?.kind == .malformed)
        let strangers = Self.info([Self.symbol("BTCUSDT", "BTC")])
        let all = await feedError { () throws(FeedError) in
            try await feed(venue { $0.url.contains("exchangeInfo") ? strangers : "[" + Self.ticker("ETHUSDT") + "]" }).tickers(at: clock.now)
        }
        #expect(all?.kind == .malformed)
    }

    @Test(
        "a book is ordered and does not cross, or it is malformed",
        arguments: [
            ("[[\"4\",\"1\"],[\"3\",\"1\"]]", "[[\"5\",\"1\"]]", true), ("[]", "[]", true),
            ("[[\"3\",\"1\"],[\"4\",\"1\"]]", "[[\"5\",\"1\"]]", false),
            ("[[\"5\",\"1\"]]", "[[\"5\",\"1\"]]", false), ("[[\"4\",\"0\"]]", "[]", false), ("[[4,1]]", "[]", false), ("{}", "[]", false)
        ])
    func book(_ bids: String, _ asks: String, _ isGood: Bool) async {
        let transport = venue { _ in "{\"lastUpdateId\":1,\"bids\":\(bids),\"asks\":\(asks)}" }
        let error = await feedError { () throws(FeedError) in try await feed(transport).book(of: Self.bitcoin) }
        #expect(error?.kind == (isGood ? nil : .malformed))
        #expect(transport.requests[0].url == "http://venue/api/v3/depth?symbol=BTCUSDT&limit=100")
    }

    @Test(
        "the offset is measured from the round trip's middle and judged by its limits",
        arguments: [
            (0, VenueClock.Verdict.fine), (500, .fine), (-500, .fine), (501, .warn), (-2_000, .warn), (2_001, .haltSends), (-10_000, .haltSends),
            (60_000, .haltSends)
        ] as [(Int64, VenueClock.Verdict)])
    func F056_clockOffset(_ offset: Int64, _ verdict: VenueClock.Verdict) async throws {
        let transport = FakeTransport { [clock] (_, _) throws(HTTPError) in
            clock.advance(by: TimeSpan(milliseconds: 150))
            defer { clock.advance(by: TimeSpan(milliseconds: 150)) }
            return HTTPResponse("{\"serverTime\":\(clock.now.milliseconds + offset)}")
        }
        let reading = try await feed(transport).measureClock()
        #expect(reading.offset == TimeSpan(milliseconds: offset))
        #expect(reading.roundTrip == TimeSpan(milliseconds: 300))
        #expect(reading.verdict == verdict)
    }

    @Test("more than a minute apart, as with a year's jump, refuses the start", arguments: [60_001, -60_001, 31_536_000_000] as [Int64])
    func F058_yearAhead(_ offset: Int64) async throws {
        #expect(try await feed(venue(offset: offset) { _ in "" }).measureClock().verdict == .refuseStart)
    }

    @Test(
        "a time that is none is malformed",
        arguments: ["{}", "{\"serverTime\":\"1\"}", "{\"serverTime\":-1}", "{\"serverTime\":9223372036854775807}", "[]"])
    func noTime(_ body: String) async {
        #expect(await feedError { () throws(FeedError) in try await feed(FakeTransport(body)).measureClock() }?.kind == .malformed)
    }

    @Test("the first daily candle is the listing day, asked once")
    func listedSince() async throws {
        let day = Timestamp(iso8601: "2017-08-17T00:00:00Z")!
        let transport = venue { _ in "[" + Self.row(day, step: .days(1)) + "]" }
        let feed = feed(transport)
        for _ in 0..<2 { #expect(try await feed.listedSince(Self.bitcoin) == day) }
        #expect(transport.requests.map(\.url) == ["http://venue/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=0&limit=1"])
        #expect(try await self.feed(venue { _ in "[" + Self.row(day, step: .hours(9)) + "]" }).listedSince(Self.bitcoin) == day)
        #expect(try await self.feed(venue { _ in "[]" }).listedSince(Self.bitcoin) == nil)
    }

}
