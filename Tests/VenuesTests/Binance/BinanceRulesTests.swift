// exchangeInfo with every filter there is, and with each that cannot be read.
import Kernel
import Market
import StrictJSON
import Testing
import Trading

@testable import VenueBinance

@Suite("Binance instrument rules")
struct BinanceRulesTests {
    static let filters = [
        "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01\",\"maxPrice\":\"1000000.00\",\"tickSize\":\"0.01\"}",
        "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001\",\"maxQty\":\"9000\",\"stepSize\":\"0.00001\"}",
        "{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0\",\"maxQty\":\"100\",\"stepSize\":\"0\"}",
        "{\"filterType\":\"NOTIONAL\",\"minNotional\":\"5\",\"applyMinToMarket\":true,\"maxNotional\":\"9000000\",\"applyMaxToMarket\":false,"
            + "\"avgPriceMins\":5}",
        "{\"filterType\":\"PERCENT_PRICE_BY_SIDE\",\"bidMultiplierUp\":\"5\",\"bidMultiplierDown\":\"0.2\",\"askMultiplierUp\":\"4\","
            + "\"askMultiplierDown\":\"0.3\",\"avgPriceMins\":5}",
        "{\"filterType\":\"MAX_NUM_ORDERS\",\"maxNumOrders\":200}", "{\"filterType\":\"MAX_NUM_ALGO_ORDERS\",\"maxNumAlgoOrders\":5}",
        "{\"filterType\":\"MAX_NUM_ORDER_LISTS\",\"maxNumOrderLists\":20}", "{\"filterType\":\"MAX_POSITION\",\"maxPosition\":\"10.5\"}",
        "{\"filterType\":\"TRAILING_DELTA\",\"minTrailingAboveDelta\":10}", "{\"filterType\":\"SOMETHING_NEW\",\"x\":[]}"
    ]
    static func symbol(_ filters: [String], status: String = "TRADING", more: String = "") -> String {
        "{\"symbol\":\"BTCUSDT\",\"status\":\"\(status)\",\"baseAsset\":\"BTC\",\"baseAssetPrecision\":8,\"quoteAsset\":\"USDT\","
            + "\"quoteAssetPrecision\":6,\"isSpotTradingAllowed\":true,"
            + "\"orderTypes\":[\"LIMIT\",\"MARKET\",\"STOP_LOSS_LIMIT\",\"PEGGED\"],\"ocoAllowed\":true,\"otoAllowed\":false,"
            + "\"quoteOrderQtyMarketAllowed\":true,"
            + "\"cancelReplaceAllowed\":false\(more),\"filters\":[\(filters.joined(separator: ","))]}"
    }
    static func read(_ symbols: String...) throws -> [InstrumentRules]? {
        RuleReading.read(try JSONField(body: Array("{\"symbols\":[\(symbols.joined(separator: ","))]}".utf8)))
    }

    @Test("every rule is read, exactly")
    func every() throws {
        let rules = try #require(try Self.read(Self.symbol(Self.filters))?.first)
        #expect(
            rules
                == InstrumentRules(
                    symbol: Symbol("BTC/USDT")!, status: .trading, orderTypes: [.limit, .market, .stopLossLimit], orderLists: [.oco],
                    allowsQuoteAmount: true, allowsCancelReplace: false,
                    basePrecision: 8, quotePrecision: 6, price: .init(minimum: "0.01", maximum: "1000000", step: "0.01"),
                    lot: .init(minimum: "0.00001", maximum: "9000", step: "0.00001"),
                    marketLot: .init(maximum: "100"),
                    notional: .init(minimum: "5", appliesMinimumToMarket: true, maximum: "9000000", appliesMaximumToMarket: false),
                    percentPrice: .init(bidUp: "5", bidDown: "0.2", askUp: "4", askDown: "0.3"), percentPriceBySide: true,
                    averagingWindow: .minutes(5),
                    maximumOrders: 200, maximumAlgoOrders: 5,
                    maximumOrderLists: 20, maximumPosition: "10.5"))
    }

    @Test("the older filters: a minimum notional without a maximum, a percent price of both sides")
    func older() throws {
        let old = [
            "{\"filterType\":\"MIN_NOTIONAL\",\"minNotional\":\"10\",\"applyToMarket\":false,\"avgPriceMins\":1}",
            "{\"filterType\":\"PERCENT_PRICE\",\"multiplierUp\":\"1.5\",\"multiplierDown\":\"0.5\",\"avgPriceMins\":0}"
        ]
        let rules = try #require(try Self.read(Self.symbol(Array(Self.filters[0...1]) + old))?.first)
        #expect(rules.notional == .init(minimum: "10", appliesMinimumToMarket: false))
        #expect(rules.percentPrice == .init(bidUp: "1.5", bidDown: "0.5", askUp: "1.5", askDown: "0.5") && !rules.percentPriceBySide)
        #expect(rules.averagingWindow == .minutes(1))
    }

    @Test(
        "a filter that cannot be read leaves its instrument out",
        arguments: [
            (0, "\"0.01\"", "0.01"), (0, "\"1000000.00\"", "\"-1\""), (1, "\"9000\"", "\"many\""), (2, "\"100\"", "100"), (3, "\"5\"", "5"),
            (3, ":5}", ":\"5\"}"), (4, "\"0.3\"", "null"),
            (5, "200", "\"200\""), (6, "5", "-5"), (7, "20", "2.5"), (8, "\"10.5\"", "10.5")
        ])
    func unreadable(_ index: Int, _ good: String, _ bad: String) throws {
        var filters = Self.filters
        filters[index] = filters[index].replacing(good, with: bad, maxReplacements: 1)
        #expect(filters[index] != Self.filters[index])
        #expect(try Self.read(Self.symbol(filters)) == nil)
    }

    @Test(
        "halted, cancel-only and unheard-of states are told apart",
        arguments: [
            ("HALT", InstrumentRules.Status.halted), ("BREAK", .halted), ("CANCEL_ONLY", .cancelOnly), ("PARTY", .unrecognised("PARTY"))
        ])
    func status(_ word: String, _ status: InstrumentRules.Status) throws {
        #expect(try Self.read(Self.symbol(Self.filters, status: word))?.first?.status == status)
    }

    @Test("what is not spot is left out")
    func notSpot() throws {
        #expect(try Self.read(Self.symbol(Self.filters, more: ",\"permissionSets\":[[\"MARGIN\"]]")) == nil)
        #expect(try Self.read(Self.symbol(Self.filters, more: ",\"permissionSets\":[[\"MARGIN\",\"SPOT\"]]"))?.count == 1)
        #expect(try Self.read(Self.symbol(Self.filters).replacing("\"isSpotTradingAllowed\":true", with: "\"isSpotTradingAllowed\":false")) == nil)
    }
}
