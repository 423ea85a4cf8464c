// Binance's words and ours, each pair written once.
import Domain

enum BinanceWords {
    static let types: [(OrderType, String)] = [
        (.market, "MARKET"), (.limit, "LIMIT"), (.limitMaker, "LIMIT_MAKER"), (.stopLoss, "STOP_LOSS"), (.stopLossLimit, "STOP_LOSS_LIMIT"),
        (.takeProfit, "TAKE_PROFIT"), (.takeProfitLimit, "TAKE_PROFIT_LIMIT"),
    ]

    static func word(_ type: OrderType) -> String { types.first { $0.0 == type }?.1 ?? "" }
    static func type(_ word: String) -> OrderType? { types.first { $0.1 == word }?.0 }
    static func word(_ side: Side) -> String { side == .buy ? "BUY" : "SELL" }
    static func side(_ word: String) -> Side? { word == "BUY" ? .buy : word == "SELL" ? .sell : nil }

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
