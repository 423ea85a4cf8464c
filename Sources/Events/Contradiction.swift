// How an event contradicts the book it is told to: a journal that does must not be traded from, and an answer that
// does is never folded in.
public import Trading

public enum Contradiction: Error, Hashable, Sendable {
    /// An order was announced twice, or an older one has its id.
    case announcedTwice(ClientOrderId)
    /// A second position in an instrument that has one.
    case secondPosition(TradeId)
    /// An answer for an order that was never announced.
    case noSuchOrder(ClientOrderId)
    case order(ClientOrderId, OrderEvent, after: OrderStatus)
    /// An event of a trade that has no position.
    case noSuchTrade(TradeId)
    case position(TradeId, PositionEvent, after: PositionStatus)
    /// A fill is counted a second time.
    case countedTwice(String)
    /// A value for a fee that waits for none.
    case noSuchFee(String)
    /// An event of an account that was never opened.
    case noSuchAccount(AccountId)
    /// A ladder has four outcomes.
    case outcome(TradeId, Int)
}

extension Contradiction: CustomStringConvertible {
    public var description: String {
        switch self {
        case .announcedTwice(let order): "order \(order) is announced a second time"
        case .secondPosition(let trade): "trade \(trade) opens a second position in its instrument"
        case .noSuchOrder(let order): "an answer speaks of order \(order), which was never announced"
        case .order(let order, let event, let status): "order \(order) is \(status.rawValue), which \(event.rawValue) cannot follow"
        case .noSuchTrade(let trade): "trade \(trade) has no position"
        case .position(let trade, let event, let status):
            "the position of trade \(trade) is \(status.rawValue), which \(event.rawValue) cannot follow"
        case .countedTwice(let fill): "fill \(fill) is counted a second time"
        case .noSuchFee(let fill): "no fee of fill \(fill) waits for its value"
        case .noSuchAccount(let account): "account \(account) was never opened"
        case .outcome(let trade, let outcome): "trade \(trade) ended with \(outcome), which is no outcome of a ladder"
        }
    }
}
