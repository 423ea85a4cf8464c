// One order from its announcement until its venue can no longer speak of it, as a pure machine: what is learned goes in,
// what follows comes out. The same fact told twice says nothing new, and nothing a venue says is dropped or traps: what
// contradicts the order becomes a value.
public import Kernel
import Market

public struct OrderLife: Hashable, Sendable {
    public private(set) var order: Order
    public private(set) var executed: Executed

    public init(_ order: Order, _ executed: Executed) {
        self.order = order
        self.executed = executed
    }

    /// What was learned of the order.
    public enum Fact: Hashable, Sendable {
        /// The order as the venue has it, with its executions.
        case found(VenueOrder)
        /// The venue said no, in its own words: nothing was done.
        case refused(String)
        /// We did not send it, and nobody else ever does.
        case withheld
        /// Nobody knows whether it was done.
        case lost(String)
        /// The venue has no such order, asked after the last moment at which it could be taken.
        case absent
    }

    /// What follows.
    public enum Action: Hashable, Sendable {
        /// - Parameter why: the venue's or our words; empty for what needs none.
        case change(OrderEvent, why: String)
        case fill(OrderEvent, Fill)
        case contradict(OrderContradiction)
    }

    public mutating func handle(_ fact: Fact, at time: Timestamp) -> [Action] {
        switch fact {
        case .found(let found): return learn(found, at: time)
        case .refused(let why): return end(.reject, why)
        case .withheld, .absent: return end(.confirmAbsent, "never reached the venue")
        case .lost(let why): return doubt(why)
        }
    }

    private mutating func learn(_ found: VenueOrder, at time: Timestamp) -> [Action] {
        guard found.speaks(of: order) else { return doubt("the answer speaks of another order") }
        var actions = reopen(found)
        for fill in found.fills(of: order, at: time) where !executed.has(fill) { actions += book(fill) }
        // Until the executions are here, nobody knows what an ended order came to.
        guard found.executedQuantity <= executed.quantity else { return actions }
        switch found.status {
        case .acknowledged, .pendingNew: break
        case .new, .partiallyFilled: if !order.status.isTerminal, order.status.after(.accept) != nil { actions += change(.accept, "") }
        case .filled: if executed.quantity < order.quantity { actions += doubt("the venue calls it filled, its executions do not") }
        case .canceled: actions += end(.confirmCancel, found.reason ?? "canceled")
        case .expired: actions += end(.expire, found.reason ?? "expired")
        case .rejected: actions += end(.reject, found.reason ?? "rejected")
        case .unrecognised(let word): actions += doubt("the venue calls it \(word)")
        }
        return actions
    }

    /// An order that had ended is there after all, or has executions that were not told: it is asked about until it ends anew. A
    /// reading that lags behind a cancel is no sign of life.
    private mutating func reopen(_ found: VenueOrder) -> [Action] {
        let told = found.trades.reduce(Quantity.zero) { $0 + $1.quantity }
        let isUnlisted = found.executedQuantity > max(executed.quantity, told)
        let wasNeverThere = order.status == .denied || order.status == .rejected
        guard order.status.isTerminal, isUnlisted || (wasNeverThere && !found.status.isFinal) else { return [] }
        let before = order.status, actions = change(.accept, "")
        return actions + (actions.isEmpty ? [] : [.contradict(.aliveAfterItsEnd(before))])
    }

    /// The coins are real, so every fill counts, also one that nobody expected any more.
    private mutating func book(_ fill: Fill) -> [Action] {
        let before = order.status
        executed.add(fill)
        let event: OrderEvent = executed.quantity >= order.quantity ? .completeFill : .partialFill
        _ = order.handle(event, filled: executed.quantity)
        var actions = [Action.fill(event, fill)]
        if before.isTerminal { actions.append(.contradict(.filledAfterItsEnd(before))) }
        if executed.quantity > order.quantity { actions.append(.contradict(.filledBeyond(executed.quantity))) }
        return actions
    }

    private mutating func change(_ event: OrderEvent, _ why: String) -> [Action] {
        order.handle(event) ? [.change(event, why: why)] : []
    }

    private mutating func end(_ event: OrderEvent, _ why: String) -> [Action] {
        guard !order.status.isTerminal else { return [] }
        let before = order.status
        let actions = change(event, why)
        return actions.isEmpty ? [.contradict(.gone(before, why))] : actions
    }

    /// A lost answer makes a sent order unknown once; what the venue had accepted stays accepted.
    private mutating func doubt(_ why: String) -> [Action] {
        order.status == .unknown ? [] : change(.loseAnswer, why)
    }
}

/// What a venue said that the order's life does not allow.
public enum OrderContradiction: Hashable, Codable, Sendable {
    /// An order it had accepted is said not to be there.
    case gone(OrderStatus, String)
    case aliveAfterItsEnd(OrderStatus)
    case filledAfterItsEnd(OrderStatus)
    /// More was executed than was ordered: all of this.
    case filledBeyond(Quantity)
}

extension VenueOrder {
    /// Outside data: it must speak of this order and of all of it. What the venue does not say contradicts nothing.
    func speaks(of order: Order) -> Bool {
        (clientId ?? order.id) == order.id && symbol == order.symbol && (side ?? order.side) == order.side
            && (quantity ?? order.quantity) == order.quantity
            && trades.allSatisfy { $0.symbol == order.symbol && $0.side == order.side && $0.order == id && $0.isSane }
            && executedQuantity.value < VenueFill.bound && trades.count < 1_000
    }

    func fills(of order: Order, at time: Timestamp) -> [Fill] {
        trades.map { execution in
            Fill(
                id: execution.id, order: order.id, symbol: symbol, side: order.side, quantity: execution.quantity, price: execution.price,
                fee: execution.fee, time: min(max(execution.time ?? self.time ?? time, order.createdAt), max(time, order.createdAt)))
        }
    }
}

extension VenueFill {
    /// Numbers beyond it are nobody's money, and sums of smaller ones cannot overflow.
    fileprivate static let bound: FixedDecimal = "1000000000000"

    /// Outside data: a fee is at most what it was taken of.
    fileprivate var isSane: Bool {
        guard !quantity.isZero, quantity.value < Self.bound, price.value < Self.bound,
            let notional = quantity.value.checkedTimes(price.value, rounding: .up), notional < Self.bound
        else { return false }
        let limit = fee.currency == symbol.base ? quantity.value : fee.currency == symbol.quote ? notional : Self.bound
        return max(fee.amount, -fee.amount) <= limit
    }
}
