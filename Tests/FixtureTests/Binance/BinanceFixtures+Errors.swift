// What each recorded refusal means, after an order and after a question: written here from the venue's own
// description of its codes and not from our adapter.
import Kernel
import Market
import Ports
import StrictJSON
import Testing
import Trading

@testable import VenueBinance

extension BinanceFixtures {
    func check(error fixture: Fixture) async throws {
        let code = try #require(fixture.answer["code"].integer), message = fixture.answer["msg"].text ?? ""
        let symbol = try #require(Symbol("BTC/USDT")), id = try #require(ClientOrderId("CRfixture"))
        let order = OrderRequest(id: id, symbol: symbol, side: .buy, kind: .market(.quote("10")))
        let after = await thrown(fixture) { exchange throws(ExchangeError) in _ = try await exchange.submit(order, .ordinary) }
        let asked = await thrown(fixture) { exchange throws(ExchangeError) in _ = try await exchange.order(OrderReference(symbol, .client(id))) }
        let expected = Self.meaning(code, message, status: fixture.status)
        #expect(after.map(Self.name) == expected.order, "after an order: \(after.map { "\($0)" } ?? "nothing")")
        #expect(asked.map(Self.name) == expected.question, "after a question: \(asked.map { "\($0)" } ?? "nothing")")
        if case .banned(let until)? = after, let told = message.firstMatch(of: /until (\d{13})/) { #expect(until.milliseconds == Int64(told.1)) }
    }

    private func thrown(_ fixture: Fixture, _ ask: (BinanceExchange) async throws(ExchangeError) -> Void) async -> ExchangeError? {
        let transport = RecordingTransport(status: fixture.status, fixture.body)
        do { try await ask(exchange(transport)); return nil } catch { return error }
    }

    private static func name(_ error: ExchangeError) -> String {
        switch error {
        case .rejected(let rejection): "\(rejection.reason)"
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

    private static func meaning(_ code: Int64, _ message: String, status: Int) -> (order: String, question: String) {
        func both(_ name: String) -> (order: String, question: String) { (name, name) }
        if message.contains("banned until") || status == 418 { return both("banned") }
        if [-1_003, -1_015].contains(code) || status == 429 { return both("rateLimited") }
        if [-1_000, -1_001, -1_006, -1_007, -1_008, -1_016].contains(code) || status >= 500 { return ("outcomeUnknown", "unavailable") }
        switch code {
        case -1_002, -1_022, -2_008, -2_014, -2_015: return both("authentication")
        case -1_021: return both("clockSkew")
        case -1_111: return both("precision")
        case -1_121: return both("invalidSymbol")
        case -1_014, -1_020: return both("invalidParameter")
        case -1_130 ... -1_100: return both("invalidParameter")
        case -2_013, -2_026: return both("unknownOrder")
        case -2_016: return both("marketClosed")
        case -1_013, -2_010, -2_011: return both(meaning(ofWords: message) ?? (code == -2_011 ? "unknownOrder" : "other"))
        default: return both("other")
        }
    }

    private static func meaning(ofWords message: String) -> String? {
        let parts: [(String, String)] = [
            ("insufficient balance", "insufficientFunds"), ("Duplicate order", "duplicateClientId"),
            ("trigger immediately", "wouldTriggerImmediately"),
            ("immediately match", "wouldMatchImmediately"), ("Market is closed", "marketClosed"), ("Unknown order", "unknownOrder"),
            ("EXCHANGE_MAX_NUM", "tooManyOrders")
        ]
        if let known = parts.first(where: { message.contains($0.0) }) { return known.1 }
        guard let name = message.firstMatch(of: /Filter failure: (\w+)/)?.1 else { return nil }
        let filters = [
            "PRICE_FILTER": "price", "LOT_SIZE": "lot", "MARKET_LOT_SIZE": "marketLot", "NOTIONAL": "notional", "MIN_NOTIONAL": "notional",
            "PERCENT_PRICE": "percentPrice", "PERCENT_PRICE_BY_SIDE": "percentPriceBySide", "MAX_NUM_ORDERS": "maximumOrders",
            "MAX_NUM_ALGO_ORDERS": "maximumAlgoOrders", "MAX_NUM_ORDER_LISTS": "maximumOrderLists", "MAX_POSITION": "maximumPosition"
        ]
        return filters[String(name)].map { "filter(Trading.InstrumentFilter.\($0))" } ?? "unnamedFilter(\"\(name)\")"
    }
}
