// A position was sold, in part or whole: why, at what, and what it came to.
import Domain

extension MessageRenderer {
    func exit(_ exit: ExitNotice) -> MessageText {
        let head = "▼ Sold \(exit.symbol) \(Format.quantity(exit.quantity)) at \(Format.price(exit.price, tick: exit.tick)) · \(exit.reason.words)"
            + " · \(Format.money(Money(exit.pnl, exit.quote), signed: true)) (\(Format.change(exit.pnlShare, places: 1)) after fees)"
        return .lines([.bold(head), .text(exit.closed.map(closedLine) ?? restLine(exit))])
    }

    private func restLine(_ exit: ExitNotice) -> String {
        let rest = "\(Format.quantity(exit.remaining)) left"
        guard exit.isTrailing, let offset = exit.trailingOffset else { return rest }
        return rest + ", stop trails \(Format.percent(offset, places: 1, trimmed: true)) below the high"
    }

    private func closedLine(_ trade: TradeClosed) -> String {
        "Closed \(trade.trade): \(Format.money(Money(trade.pnl, trade.symbol.quote), signed: true)) = \(Format.decimal(trade.rMultiple.value, places: 2, signed: true)) R, "
            + "fees \(Format.amount(trade.fees)), held \(Format.span(trade.closedAt - trade.openedAt))"
    }
}

extension ExitReason {
    /// For people; the journal keeps `rawValue`.
    public var words: String {
        switch self {
        case .stopLoss: "stop"
        case .takeProfit1: "target 1"
        case .takeProfit2: "target 2"
        case .takeProfit3: "target 3"
        case .trailingStop: "trailing stop"
        case .signal: "exit signal"
        case .manual: "by hand"
        case .emergency: "emergency"
        case .writtenOff: "written off"
        }
    }
}
