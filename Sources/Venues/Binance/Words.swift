// Binance's words and ours, each pair written once.
import Kernel
import Market
import Trading

enum Words {
    static let types: [(OrderType, String)] = [
        (.market, "MARKET"), (.limit, "LIMIT"), (.limitMaker, "LIMIT_MAKER"), (.stopLoss, "STOP_LOSS"), (.stopLossLimit, "STOP_LOSS_LIMIT"),
        (.takeProfit, "TAKE_PROFIT"), (.takeProfitLimit, "TAKE_PROFIT_LIMIT")
    ]

    static func word(_ type: OrderType) -> String { types.first { $0.0 == type }?.1 ?? "" }
    static func type(_ word: String) -> OrderType? { types.first { $0.1 == word }?.0 }
    static func word(_ side: Side) -> String { side == .buy ? "BUY" : "SELL" }
    static func side(_ word: String) -> Side? { word == "BUY" ? .buy : word == "SELL" ? .sell : nil }

    static func word(_ filter: InstrumentFilter) -> String {
        switch filter {
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
    static func filter(_ word: String) -> InstrumentFilter? { InstrumentFilter.allCases.first { self.word($0) == word } }

    static func status(_ word: String) -> VenueOrderStatus {
        switch word {
        case "NEW": .new
        case "PENDING_NEW": .pendingNew
        case "PARTIALLY_FILLED": .partiallyFilled
        case "FILLED": .filled
        case "CANCELED": .canceled
        case "REJECTED": .rejected
        case "EXPIRED", "EXPIRED_IN_MATCH": .expired
        default: .unrecognised(word)
        }
    }

    static func listStatus(_ word: String) -> VenueListStatus {
        switch word {
        case "EXECUTING": .executing
        case "ALL_DONE": .done
        case "REJECT": .rejected
        default: .unrecognised(word)
        }
    }
}

extension Symbol {
    /// `BTCUSDT`, as every call and every answer writes it.
    var venueName: String { base.code + quote.code }
}
