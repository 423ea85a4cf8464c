// A venue on loopback that speaks Binance's public interface, and beside it coins, headlines and mood: all
// answers are right until a test says what is wrong.
import Kernel
import Synchronization
import TestSupport

/// 2026-01-05T14:00:01Z, a second after the hour.
let start = Timestamp(milliseconds: 1_767_621_601_000)
let hour = start.floored(to: .hours(1))

final class StandInVenue: Sendable {
    typealias Rows = @Sendable (_ opens: [Timestamp]) -> [String]

    struct Dials {
        /// Base assets, all quoted in USDT; the first is the most traded.
        var bases = ["AAA", "BBB", "CCC", "DDD"]
        /// More rows of exchangeInfo.
        var others: [String] = []
        var clockOffset: Int64 = 0
        /// Answers by the path's beginning, in the place of the right ones.
        var instead: [String: ScriptedAnswer] = [:]
        /// Rows of hourly klines by pair.
        var klines: [String: Rows] = [:]
        /// How often a question whose target contains this fails before it is answered.
        var failures: [String: Int] = [:]
        /// What tickers say, by pair.
        var last: [String: String] = [:]
        var firstDay: [String: Timestamp] = [:]
        var onRequest: @Sendable (ReceivedRequest) -> Void = { _ in }
    }
    private let dials = Mutex(Dials())
    private let now: @Sendable () -> Timestamp
    private let box = Mutex<LoopbackServer?>(nil)

    init(now: @escaping @Sendable () -> Timestamp) throws {
        self.now = now
        // A request may still be read when its test is over.
        let server = try LoopbackServer { [weak self] in self?.answer($0) ?? .hangUp }
        box.withLock { $0 = server }
    }

    var server: LoopbackServer { box.withLock { $0! } }
    var url: String { server.url }
    func set(_ change: (inout Dials) -> Void) { dials.withLock { change(&$0) } }
    /// Candles and tickers of so many days from now; the first listing days go with them.
    func shiftsCandles(_ days: Int64) {
        set { dials in for base in dials.bases { dials.firstDay[base] = (hour + .days(Int(days))).floored(to: .days(1)) - .days(900) } }
    }
    func stop() { server.stop() }
    /// How many requests had this in their target.
    func asked(_ part: String) -> Int { server.requests.count { $0.target.contains(part) } }

    private func answer(_ request: ReceivedRequest) -> ScriptedAnswer {
        let (dials, fails) = dials.withLock { state -> (Dials, Bool) in
            for (part, left) in state.failures where left > 0 && request.target.contains(part) {
                state.failures[part] = left - 1
                return (state, true)
            }
            return (state, false)
        }
        dials.onRequest(request)
        if fails { return .html("<html>busy</html>", status: 503) }
        if let other = dials.instead.first(where: { request.target.contains($0.key) }) { return other.value }
        let path = request.target.prefix { $0 != "?" }
        return switch path {
        case "/api/v3/time": .json("{\"serverTime\":\(now().milliseconds + dials.clockOffset)}")
        case "/api/v3/exchangeInfo": .json(info(dials, Self.parameters(request.target)["symbol"]))
        case "/api/v3/ticker/24hr", "/api/v3/ticker/bookTicker":
            single(request.target, dials) ?? .json("[" + dials.bases.enumerated().map { ticker($1, number: $0, dials) }.joined(separator: ",") + "]")
        case "/api/v3/klines": .json(klines(Self.parameters(request.target), dials))
        case "/coins/markets": .json("[" + dials.bases.map { coin($0) }.joined(separator: ",") + "]")
        case "/rss": ScriptedAnswer(headers: [("Content-Type", "application/rss+xml")], body: Array(Self.rss.utf8))
        case "/fng/":
            .json(
                "{\"data\":[{\"value\":\"61\",\"value_classification\":\"Greed\",\"timestamp\":\"\(hour.milliseconds / 1_000)\"}],"
                    + "\"metadata\":{\"error\":null}}"
            )
        default: .json("{}", status: 404)
        }
    }

    // MARK: Answers

    private func info(_ dials: Dials, _ only: String?) -> String {
        let rows = dials.bases.filter { only == nil || only == $0 + "USDT" }.map { Self.instrument($0, "USDT") } + (only == nil ? dials.others : [])
        return "{\"symbols\":[" + rows.joined(separator: ",") + "]}"
    }

    static func instrument(_ base: String, _ quote: String) -> String {
        """
        {"symbol":"\(base)\(quote)","status":"TRADING","baseAsset":"\(base)","baseAssetPrecision":8,"quoteAsset":"\(quote)","quoteAssetPrecision":8,\
        "isSpotTradingAllowed":true,"permissionSets":[],\
        "filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},\
        {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"9000000","stepSize":"0.001"},{"filterType":"NOTIONAL","minNotional":"5"}]}
        """
    }

    /// Of one symbol, where one is asked for; last price and book say the same.
    private func single(_ target: String, _ dials: Dials) -> ScriptedAnswer? {
        guard let name = Self.parameters(target)["symbol"] else { return nil }
        guard let number = dials.bases.firstIndex(where: { $0 + "USDT" == name }) else {
            return .json("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", status: 400)
        }
        return .json(ticker(dials.bases[number], number: number, dials))
    }

    private func ticker(_ base: String, number: Int, _ dials: Dials) -> String {
        let last = dials.last[base] ?? "100.00"
        return """
            {"symbol":"\(base)USDT","lastPrice":"\(last)","bidPrice":"\(last)","askPrice":"\(last)",\
            "quoteVolume":"\(90_000_000 - number * 1_000_000)",\
            "priceChangePercent":"1.5","closeTime":\(now().milliseconds + dials.clockOffset)}
            """
    }

    private func klines(_ query: [String: String], _ dials: Dials) -> String {
        let base = String((query["symbol"] ?? "").dropLast(4))
        let step = query["interval"] == "1m" ? TimeSpan.minutes(1) : query["interval"] == "1d" ? .days(1) : .hours(1)
        if step == .days(1) { return "[" + Self.row(dials.firstDay[base] ?? hour.floored(to: .days(1)) - .days(900), step: step) + "]" }
        var opens: [Timestamp] = []
        var open = Timestamp(milliseconds: Int64(query["startTime"] ?? "") ?? 0).floored(to: step)
        while open.milliseconds <= Int64(query["endTime"] ?? "") ?? 0 {
            opens.append(open)
            open = open + step
        }
        let rows = dials.klines[base]?(opens) ?? opens.map { Self.row($0, step: step) }
        return "[" + rows.joined(separator: ",") + "]"
    }

    /// A candle round `close`.
    static func row(_ open: Timestamp, close: String = "100.00", high: String? = nil, low: String? = nil, step: TimeSpan = .hours(1)) -> String {
        "[\(open.milliseconds),\"\(close)\",\"\(high ?? close)\",\"\(low ?? close)\",\"\(close)\",\"1000\",\((open + step).milliseconds - 1),"
            + "\"100000\",9,\"5\",\"500\",\"0\"]"
    }

    private func coin(_ base: String) -> String {
        "{\"id\":\"\(base.lowercased())\",\"symbol\":\"\(base.lowercased())\",\"name\":\"\(base)\",\"market_cap\":5000000000,"
            + "\"total_volume\":1000000,\"last_updated\":\"\(hour.iso8601)\"}"
    }

    static let rss = """
        <?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>AAA rises</title><link>https://news.example/1</link>\
        <pubDate>Mon, 05 Jan 2026 13:00:00 GMT</pubDate></item></channel></rss>
        """

    private static func parameters(_ target: String) -> [String: String] {
        Dictionary(
            target.split(separator: "?").dropFirst().joined().split(separator: "&").map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1)
                return (String(sides[0]), sides.count == 2 ? String(sides[1]) : "")
            }, uniquingKeysWith: { first, _ in first })
    }
}
