// Which kinds of orders may hang together.
import Kernel
import Trading

extension OrderListRequest.Contingency {
    /// Whether the legs' kinds, sides and quantities fit each other. Prices are another check.
    var isWellFormed: Bool {
        switch self {
        case .oneCancelsOther(let above, let below): Self.isPair(above, below)
        case .oneTriggersOther(let working, let pending): working.canWork && pending.kind.quantity != nil
        case .oneTriggersOneCancelsOther(let working, let above, let below): working.canWork && Self.isPair(above, below)
        }
    }

    private static func isPair(_ above: OrderLeg, _ below: OrderLeg) -> Bool {
        guard above.side == below.side, above.kind.quantity == below.kind.quantity else { return false }
        let (target, stop) = above.side == .sell ? (above, below) : (below, above)
        return [.limitMaker, .takeProfit, .takeProfitLimit].contains(target.kind.type) && [.stopLoss, .stopLossLimit].contains(stop.kind.type)
    }
}

extension OrderLeg {
    /// A limit order that can rest.
    fileprivate var canWork: Bool {
        switch kind {
        case .limit(_, _, .goodTillCancel), .limitMaker: true
        default: false
        }
    }
}

extension OrderKind {
    /// Where a leg stands against the market: its trigger, else its price.
    var level: Price? { trigger ?? price }
}
