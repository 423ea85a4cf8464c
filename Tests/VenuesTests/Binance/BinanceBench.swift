// An adapter before a server on loopback, and the venue's answers in its documented shape.
import HTTPClient
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

@testable import VenueBinance

struct BinanceBench {
    static let bitcoin = Symbol("BTC/USDT")!
    static let id = ClientOrderId("CR2026010514BTCE0")!
    static let apiKey = "bench-api-key-4711", secret = "bench-secret-canary-0815"

    let clock = FakeClock()
    let server: LoopbackServer
    let limits: BinanceLimits
    let exchange: BinanceExchange

    init(limits: BinanceLimits? = nil, timeout: TimeSpan = .minutes(5), _ script: @escaping LoopbackServer.Script) throws {
        server = try LoopbackServer(script)
        self.limits = limits ?? BinanceLimits(clock: clock)
        exchange = BinanceExchange(
            host: try #require(.loopback(server.url)), key: BinanceKey(name: Secret(Self.apiKey), secret: Secret(Self.secret)),
            transport: CurlTransport(version: "test", connectTimeout: .minutes(5)), limits: self.limits, clock: clock, timeout: timeout)
    }

    static let order = OrderRequest(id: id, symbol: bitcoin, side: .buy, kind: .market(.quote("100")))
    static let reference = OrderReference(bitcoin, .client(id))

    func submit(_ priority: RequestPriority = .ordinary) async -> ExchangeError? {
        await exchangeError { () throws(ExchangeError) in try await exchange.submit(Self.order, priority) }
    }
    func cancel() async -> ExchangeError? {
        await exchangeError { () throws(ExchangeError) in try await exchange.cancel(Self.reference, .protective) }
    }
    func ask() async -> ExchangeError? {
        await exchangeError { () throws(ExchangeError) in try await exchange.order(Self.reference) }
    }

    /// A filled market buy, as placed or asked for; `more` are further members, later names win nothing: give each once.
    static func filled(
        symbol: String = "BTCUSDT", client: String = id.text, side: String = "BUY", status: String = "FILLED", executed: String = "\"0.00100000\"",
        more: String = ""
    ) -> String {
        "{\"symbol\":\"\(symbol)\",\"orderId\":28,\"orderListId\":-1,\"clientOrderId\":\"\(client)\",\"transactTime\":1767621600123,"
            + "\"price\":\"0.00000000\","
            + "\"origQty\":\"0.00100000\",\"executedQty\":\(executed),\"origQuoteOrderQty\":\"100.00000000\",\"cummulativeQuoteQty\":\"99.50000000\","
            + "\"status\":\"\(status)\",\"timeInForce\":\"GTC\",\"type\":\"MARKET\",\"side\":\"\(side)\"\(more)}"
    }
    static func refusal(_ code: Int, _ message: String) -> String { "{\"code\":\(code),\"msg\":\"\(message)\"}" }
}

/// What a call of the port threw.
func exchangeError<T>(_ body: () async throws(ExchangeError) -> T) async -> ExchangeError? {
    do { _ = try await body(); return nil } catch { return error }
}

extension ExchangeError {
    /// The case without its words.
    var kind: String {
        switch self {
        case .rejected(let rejection): "rejected \(rejection.reason)"
        case .rateLimited: "rateLimited"
        case .banned: "banned"
        case .authentication: "authentication"
        case .clockSkew: "clockSkew"
        case .unavailable: "unavailable"
        case .outcomeUnknown: "outcomeUnknown"
        case .malformed: "malformed"
        case .unsupported: "unsupported"
        }
    }
}
