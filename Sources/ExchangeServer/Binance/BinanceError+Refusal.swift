// The core's refusals in the venue's words.
import Matching
import Trading

extension BinanceError {
    init(_ refusal: Refusal, _ kinds: [OrderKind] = []) {
        self =
            switch refusal {
            case .unknownSymbol: .symbol
            case .marketClosed: .marketClosed
            case .unsupportedType: Self.unsupported(kinds.first)
            case .quoteAmountNotAllowed: .quoteAmount
            case .filter(let filter): .filter(filter.word)
            case .duplicateOrder: .duplicateOrder
            case .invalidList: .relationship
            case .wouldTriggerImmediately: .wouldTrigger
            case .wouldMatchImmediately: .wouldMatch
            case .insufficientBalance: .funds
            case .unknownOrder: .unknownOrder
            }
    }

    private static func unsupported(_ kind: OrderKind?) -> BinanceError {
        switch kind?.type {
        case .market: BinanceError(-1013, "Market orders are not supported for this symbol.")
        case .stopLoss: BinanceError(-1013, "Stop loss orders are not supported for this symbol.")
        case .stopLossLimit: BinanceError(-1013, "Stop loss limit orders are not supported for this symbol.")
        case .takeProfit: BinanceError(-1013, "Take profit orders are not supported for this symbol.")
        case .takeProfitLimit: BinanceError(-1013, "Take profit limit orders are not supported for this symbol.")
        case .limit, .limitMaker: BinanceError(-1013, "Unsupported order combination")
        case nil: .noLists
        }
    }
}
