// All that can be seen of a venue after an operation, as values that two venues can be compared by.
import Kernel
import Market
import Trading

struct OrderFacts: Hashable {
    var id: Int64
    var list: Int64?
    var clientId: ClientOrderId
    var account: Int
    var symbol: Symbol
    var side: Side
    var kind: OrderKind
    var quantity: FixedDecimal
    var executed: FixedDecimal
    var executedQuote: FixedDecimal
    var status: VenueOrderStatus
    var createdAt: Timestamp
    var updatedAt: Timestamp
    var workingAt: Timestamp?
    var fills: [Int64]
    var isOpen: Bool
    var reason: String?
    var cancelId: ClientOrderId?
    /// By itself; a leg of a pair that stands locks nothing, its list does.
    var locked: FixedDecimal
}

/// When a list was last changed is left out: the rules do not say what changes it.
struct ListFacts: Hashable {
    var id: Int64
    var clientId: ClientOrderId
    var account: Int
    var symbol: Symbol
    var kind: OrderListKind
    var orders: [Int64]
    var isDone: Bool
    var createdAt: Timestamp
    var locked: FixedDecimal
}

struct TradeFacts: Hashable {
    struct Party: Hashable {
        var account: Int
        var order: Int64?
        var fee: Money
    }
    var id: Int64
    var symbol: Symbol
    var price: Price
    var quantity: FixedDecimal
    var notional: FixedDecimal
    var takerSide: Side
    var maker: Party
    var taker: Party
    var time: Timestamp
}

struct BalanceFacts: Hashable {
    var account: Int
    var currency: Currency
    var free: FixedDecimal
    var locked: FixedDecimal
}

struct BookFacts: Hashable {
    struct Level: Hashable {
        var price: Price
        var quantity: FixedDecimal
    }
    var bids: [Level]
    var asks: [Level]
    var last: Price?
    var average: Price?
}

/// What an operation answered.
enum Answer: Hashable {
    case done
    case order(OrderFacts)
    case orders([OrderFacts])
    case list(ListFacts)
    case refused(String)
}

struct Picture: Hashable {
    var books: [BookFacts] = []
    /// Those that are new since the last picture.
    var trades: [TradeFacts] = []
    var orders: [OrderFacts] = []
    /// The ids of open orders, as asked for and not as read off the orders.
    var open: [Int64] = []
    var lists: [ListFacts] = []
    var balances: [BalanceFacts] = []
}

extension Picture {
    /// What differs, a line a thing: first this picture's, then the other's.
    func differences(from other: Picture) -> [String] {
        var lines: [String] = []
        func compare<Fact: Hashable>(_ name: String, _ these: [Fact], _ those: [Fact]) {
            for index in 0..<max(these.count, those.count) {
                let this = index < these.count ? these[index] : nil, that = index < those.count ? those[index] : nil
                if this != that { lines.append("\(name) \(index)\n    core      \(words(this))\n    reference \(words(that))") }
            }
        }
        compare("book", books, other.books)
        compare("trade", trades, other.trades)
        compare("order", orders, other.orders)
        compare("open", open, other.open)
        compare("list", lists, other.lists)
        compare("balance", balances, other.balances)
        return lines
    }
}

/// A value in words without the names of its types.
func words<Value>(_ value: Value?) -> String {
    guard let value else { return "nothing" }
    return plain(value)
}

private func plain(_ value: Any) -> String {
    if let value = value as? any CustomStringConvertible, !(value is any Collection) { return value.description }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { plain($0.value) } ?? "nil"
    case .collection: return "[" + mirror.children.map { plain($0.value) }.joined(separator: ", ") + "]"
    case .enum:
        guard let child = mirror.children.first else { return "\(value)" }
        return "\(child.label ?? "")(\(plain(child.value)))"
    case .struct, .tuple:
        let parts = mirror.children.map { child in (child.label.map { $0.hasPrefix(".") ? "" : "\($0): " } ?? "") + plain(child.value) }
        return "(" + parts.joined(separator: ", ") + ")"
    default: return "\(value)"
    }
}
