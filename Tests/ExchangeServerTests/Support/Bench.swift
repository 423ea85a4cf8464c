// An exchange on loopback with a market that stands still, a clock that is told, and a client that signs.
import ExchangeServer
import HTTPClient
import Kernel
import Market
import Matching
import Ports
import Signing
import StrictJSON
import TestSupport
import Trading

extension Symbol {
    static let btc = Symbol("BTC/USDT")!
    static let eth = Symbol("ETH/USDT")!
}

/// What came back.
struct Answer {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    var code: Int? { try? json["code"].int }
    var message: String? { try? json["msg"].string }
    var rows: [JSONValue] { if case .array(let rows) = json { rows } else { [] } }
    var keys: Set<String> { json.keys }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    func text(_ name: String) -> String? { try? json[name].string }
    func integer(_ name: String) -> Int64? { try? json[name].int64 }
}

extension JSONValue {
    var keys: Set<String> { if case .object(let members) = self { Set(members.map(\.name)) } else { [] } }
    func text(_ name: String) -> String? { if case .string(let text)? = member(name) { text } else { nil } }
}

final class Bench: Sendable {
    static let key = "test-api-key-0001", secret = "test-secret-0002"
    static let opening = Timestamp(milliseconds: 1_767_621_660_000)

    let clock: FakeClock
    let exchange: RunningExchange
    let transport = CurlTransport(version: "test", connectTimeout: .minutes(5))
    var venue: BinanceVenue { exchange.venue }

    /// - Parameter change: what is other than usual.
    init(_ history: MarketHistory = .still, control: Bool = false, patience: Int64 = 300, _ change: (inout VenueSettings) -> Void = { _ in })
        async throws
    {
        clock = FakeClock(Self.opening)
        var settings = VenueSettings(
            key: BinanceKey(key: Self.key, secret: Secret(Self.secret)),
            balances: [.usdt: FixedDecimal(100_000), Symbol.btc.base: FixedDecimal(1), Symbol.eth.base: FixedDecimal(10)])
        change(&settings)
        let clock = clock
        exchange = try await RunningExchange(
            BinanceVenue(history, settings, clock: clock), controlPort: control ? 0 : nil, patience: patience,
            advance: { clock.advance(by: $0) })
    }

    /// Runs a test's body and closes the exchange behind it.
    static func with(
        _ history: MarketHistory = .still, control: Bool = false, patience: Int64 = 300, _ change: (inout VenueSettings) -> Void = { _ in },
        _ body: (Bench) async throws -> Void
    ) async throws {
        let bench = try await Bench(history, control: control, patience: patience, change)
        do { try await body(bench) } catch {
            await bench.exchange.stop()
            throw error
        }
        await bench.exchange.stop()
    }

    func send(
        _ method: HTTPRequest.Method, _ target: String, body: String = "", headers: [(name: String, value: String)] = [], port: Int? = nil,
        timeout: TimeSpan = .minutes(5)
    ) async throws -> Answer {
        let request = HTTPRequest(
            method, "http://127.0.0.1:\(port ?? exchange.port)\(target)", headers: headers, body: Array(body.utf8), timeout: timeout,
            maximumBytes: 64 << 20)
        let response = try await transport.send(request)
        return Answer(status: response.status, headers: response.headers, body: response.body)
    }

    /// Whether it still answers. Where its patience is short a machine that is busy may overtax it, so it is asked again.
    func isAlive() async throws -> Bool {
        for _ in 0..<100 { if let answer = try? await get("/api/v3/ping") { return answer.status == 200 } }
        return false
    }

    func get(_ path: String, _ query: String = "") async throws -> Answer { try await send(.get, path + (query.isEmpty ? "" : "?" + query)) }

    /// Adds moment and signature; a POST travels as a form, anything else in the query.
    func signed(_ method: HTTPRequest.Method, _ path: String, _ parameters: String = "", key: String = Bench.key, secret: String = Bench.secret)
        async throws -> Answer
    {
        let text = Self.sign(parameters, at: clock.now, secret: secret)
        let headers = [(name: "X-MBX-APIKEY", value: key), (name: "Content-Type", value: "application/x-www-form-urlencoded")]
        return method == .post
            ? try await send(.post, path, body: text, headers: headers) : try await send(method, path + "?" + text, headers: headers)
    }

    static func sign(_ parameters: String, at time: Timestamp, secret: String = Bench.secret) -> String {
        let text = (parameters.isEmpty ? "" : parameters + "&") + "timestamp=\(time.milliseconds)"
        return text + "&signature=" + signature(text, secret: secret)
    }
    static func signature(_ text: String, secret: String = Bench.secret) -> String {
        Hex.encode(HMAC.sha256(key: Array(secret.utf8), Array(text.utf8)))
    }

    /// An order that must be taken.
    func order(_ parameters: String) async throws -> Answer { try await signed(.post, "/api/v3/order", parameters) }

    func control(_ method: HTTPRequest.Method, _ path: String, _ body: String = "") async throws -> Answer {
        try await send(method, path, body: body, headers: [("Content-Type", "application/json")], port: exchange.controlPort)
    }
}

extension MarketHistory {
    static func rules(_ symbol: Symbol, tick: FixedDecimal, lot: FixedDecimal) -> InstrumentRules {
        guard let instrument = Instrument(symbol: symbol, tickSize: tick, lotStep: lot, minNotional: FixedDecimal(5)) else {
            preconditionFailure("an instrument")
        }
        return .usual(instrument)
    }

    /// BTC at 60000 and ETH at 3000, for ever, with a hundred coins traded each minute.
    static let still = MarketHistory(
        name: "still market", rules: [rules(.btc, tick: "0.01", lot: "0.00001"), rules(.eth, tick: "0.01", lot: "0.0001")], step: .m1
    ) { symbol, timeframe, from, to, limit in
        let price = Price(symbol == .btc ? "60000" : "3000")!, step = timeframe.duration
        let volume = Quantity(FixedDecimal(Int(step.milliseconds / 60_000) * 100))!
        var open = from.floored(to: step) < from ? from.floored(to: step) + step : from
        let stop = to.floored(to: step)
        if limit < 1_000_000, stop - step * limit > open { open = stop - step * limit }
        var candles: [Candle] = []
        while open < stop {
            candles.append(Candle(openTime: open, open: price, high: price, low: price, close: price, volume: volume)!)
            open = open + step
        }
        return candles
    }
}
