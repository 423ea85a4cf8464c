// The orders of one symbol that wait for the last price to reach their trigger.
import Kernel
import Trading

/// Which way the price must go to reach a trigger.
enum TriggerSide: Hashable, Sendable {
    /// Due at or below the trigger: a sell's stop, a buy's take-profit.
    case below
    /// Due at or above it: a buy's stop, a sell's take-profit.
    case above

    /// nil for a kind without a trigger.
    init?(_ side: Side, _ kind: OrderKind) {
        switch (kind.type, side) {
        case (.stopLoss, .sell), (.stopLossLimit, .sell), (.takeProfit, .buy), (.takeProfitLimit, .buy): self = .below
        case (.stopLoss, .buy), (.stopLossLimit, .buy), (.takeProfit, .sell), (.takeProfitLimit, .sell): self = .above
        case (.market, _), (.limit, _), (.limitMaker, _): return nil
        }
    }

    func isDue(_ trigger: Price, at price: Price) -> Bool { self == .below ? price <= trigger : price >= trigger }
}

struct TriggerBook: Hashable, Sendable {
    private struct Line: Hashable, Sendable {
        let trigger: Price
        let order: Int64
    }
    /// Ascending triggers: what is due stands at the end.
    private var below: [Line] = []
    /// Descending triggers, for the same reason.
    private var above: [Line] = []

    mutating func add(_ order: Int64, _ side: TriggerSide, _ trigger: Price) {
        let line = Line(trigger: trigger, order: order)
        switch side {
        case .below: below.insert(line, at: below.firstPlace { $0.trigger > trigger })
        case .above: above.insert(line, at: above.firstPlace { $0.trigger < trigger })
        }
    }

    mutating func remove(_ order: Int64, _ side: TriggerSide, _ trigger: Price) {
        switch side {
        case .below: Self.remove(order, from: &below, at: below.firstPlace { $0.trigger >= trigger })
        case .above: Self.remove(order, from: &above, at: above.firstPlace { $0.trigger <= trigger })
        }
    }

    private static func remove(_ order: Int64, from lines: inout [Line], at first: Int) {
        guard let index = lines[first...].firstIndex(where: { $0.order == order }) else {
            preconditionFailure("a waiting order is among the triggers")
        }
        lines.remove(at: index)
    }

    /// The lowest id of the orders that are due at `price`.
    func firstDue(at price: Price) -> Int64? {
        let due = below[below.firstPlace { $0.trigger >= price }...] + above[above.firstPlace { $0.trigger <= price }...]
        return due.map(\.order).min()
    }
}
