// Orders that have ended and are still known: a venue may report a fill after it confirmed the end, and those coins are real.
public import Kernel
import Market
public import Trading

public struct EndedOrder: Hashable, Codable, Sendable {
    public let order: Order
    /// nil while its trade goes on.
    public internal(set) var keptUntil: Timestamp?

    init(_ order: Order, keptUntil: Timestamp? = nil) {
        self.order = order
        self.keptUntil = keptUntil
    }

    static let afterWindow = TimeSpan.days(1), afterTrade = TimeSpan.hours(1)
}

extension AccountBook {
    /// An order that is known, ended or not, with what was executed of it.
    public func life(of order: ClientOrderId) -> OrderLife? {
        known(order).map { OrderLife($0, executed[order.text] ?? Executed()) }
    }

    /// An order that was announced and is not forgotten.
    public func known(_ order: ClientOrderId) -> Order? { orders[order.text] ?? ended[order.text]?.order }

    /// All orders that are known, ended or not, in the order they were announced.
    public var knownOrders: [Order] {
        (Array(orders.values) + ended.values.map(\.order)).sorted { ($0.createdAt, $0.trade, $0.id) < ($1.createdAt, $1.trade, $1.id) }
    }

    /// A trade has ended: its orders are kept for a day after their window or an hour from now, whichever is later.
    mutating func keepOrders(of trade: TradeId, at time: Timestamp) {
        for (id, entry) in ended where entry.order.trade == trade { ended[id]?.keptUntil = Self.end(of: entry.order, at: time) }
    }

    /// nil while the order's trade goes on.
    func keptUntil(_ order: Order, at time: Timestamp) -> Timestamp? {
        positions.values.contains { $0.trade == order.trade } ? nil : Self.end(of: order, at: time)
    }

    private static func end(of order: Order, at time: Timestamp) -> Timestamp {
        max(order.validUntil + EndedOrder.afterWindow, time + EndedOrder.afterTrade)
    }

    mutating func forgetOrders(at time: Timestamp) {
        for (id, entry) in ended where entry.keptUntil.map({ $0 < time }) ?? false {
            ended[id] = nil
            executed[id] = nil
            failedEntries[entry.order.trade.text] = nil
        }
    }

    /// An entry that had failed filled all the same: its position is there again, if nothing has taken its place.
    mutating func revive(_ trade: TradeId) throws(Contradiction) {
        guard let position = failedEntries.removeValue(forKey: trade.text) else { return }
        guard positions[position.symbol.description] == nil else { throw .secondPosition(trade) }
        positions[position.symbol.description] = position
        for (id, entry) in ended where entry.order.trade == trade { ended[id]?.keptUntil = nil }
    }
}
