// The venue's words for the core's values, the server's own: the client in Venues/Binance has another list, and each is held
// against the other.
import Kernel
import Market
import Trading

extension Symbol {
    /// As the venue writes it: `BTCUSDT`.
    var venueName: String { base.code + quote.code }
}

extension InstrumentFilter {
    /// As a refusal names it: `LOT_SIZE`.
    var word: String {
        switch self {
        case .price: "PRICE_FILTER"
        case .lot: "LOT_SIZE"
        case .marketLot: "MARKET_LOT_SIZE"
        case .notional: "NOTIONAL"
        case .percentPrice: "PERCENT_PRICE"
        case .percentPriceBySide: "PERCENT_PRICE_BY_SIDE"
        case .maximumOrders: "MAX_NUM_ORDERS"
        case .maximumAlgoOrders: "MAX_NUM_ALGO_ORDERS"
        case .maximumOrderLists: "MAX_NUM_ORDER_LISTS"
        case .maximumPosition: "MAX_POSITION"
        }
    }
}

extension InstrumentRules {
    /// The window of averages as the venue tells it, in whole minutes.
    var averagingMinutes: Int { Int(averagingWindow.milliseconds / 60_000) }
}

extension OrderType {
    /// As the venue writes it: `STOP_LOSS_LIMIT`.
    var word: String {
        switch self {
        case .market: "MARKET"
        case .limit: "LIMIT"
        case .limitMaker: "LIMIT_MAKER"
        case .stopLoss: "STOP_LOSS"
        case .stopLossLimit: "STOP_LOSS_LIMIT"
        case .takeProfit: "TAKE_PROFIT"
        case .takeProfitLimit: "TAKE_PROFIT_LIMIT"
        }
    }
    init?(word: String) {
        guard let type = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = type
    }
}

extension Side {
    var word: String { self == .buy ? "BUY" : "SELL" }
    init?(word: String) {
        switch word {
        case "BUY": self = .buy
        case "SELL": self = .sell
        default: return nil
        }
    }
}
