// A position was sold, in part or whole: why, at what, and what it came to.
import Events
import Kernel
import Market
public import Trading

/// A tenth of a percent of what was bought.
private let notableDust: FixedDecimal = "0.001"

extension MessageRenderer {
    func exit(_ exit: ExitNotice) -> MessageText {
        let head =
            "▼ Sold \(exit.symbol) \(Format.quantity(exit.quantity)) at \(Format.price(exit.price, tick: exit.tick)) · \(exit.reason.words)"
            + " · \(Format.money(Money(exit.pnl, exit.quote), signed: true)) (\(Format.change(exit.pnlShare, places: 1)) after fees)"
        return .lines([.bold(head), .text(exit.closed.map { closedLine($0, exit) } ?? restLine(exit))])
    }

    private func restLine(_ exit: ExitNotice) -> String {
        let rest = "\(Format.quantity(exit.remaining)) left"
        guard exit.isTrailing, let offset = exit.trailingOffset else { return rest }
        return rest + ", stop trails \(Format.percent(offset, places: 1, trimmed: true)) below the high"
    }

    /// Dust is named if it is a part of the loss that one would look for.
    private func closedLine(_ trade: TradeClosed, _ exit: ExitNotice) -> String {
        "Closed \(trade.trade): \(Format.money(Money(trade.pnl, trade.symbol.quote), signed: true)) = "
            + "\(Format.decimal(trade.rMultiple.value, places: 2, signed: true)) R, "
            + "fees \(Format.amount(trade.fees)), held \(Format.span(trade.closedAt - trade.openedAt))"
            + (exit.dustShare.value >= notableDust
                ? ", \(Format.quantity(exit.dust)) (\(Format.percent(exit.dustShare))) less than a lot and counted as lost" : "")
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
