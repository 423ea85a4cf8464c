// The resting orders of one symbol: price levels, and in a level first come, first served.
import Kernel
import Trading

/// One resting order, or one quote of the market.
struct BookEntry: Hashable, Sendable {
    /// nil for a quote of the market.
    let order: Int64?
    let account: ParticipantId
    /// Ascending in the order of coming to rest.
    let priority: Int64
    var rest: FixedDecimal
}

struct BookLevel: Hashable, Sendable {
    let price: Price
    /// Oldest first; never empty.
    var entries: [BookEntry]
    var total: FixedDecimal { entries.reduce(.zero) { $0 + $1.rest } }
}

/// One side, kept with the best level last so that trading shortens the array's end.
struct BookSide: Hashable, Sendable {
    let side: Side
    private(set) var levels: [BookLevel] = []

    var best: BookLevel? { levels.last }
    var bestFirst: ReversedCollection<[BookLevel]> { levels.reversed() }

    mutating func add(_ entry: BookEntry, at price: Price) {
        let index = position(of: price)
        if index < levels.count, levels[index].price == price {
            levels[index].entries.append(entry)
        } else {
            levels.insert(BookLevel(price: price, entries: [entry]), at: index)
        }
    }

    mutating func remove(priority: Int64, at price: Price) {
        let index = position(of: price)
        precondition(index < levels.count && levels[index].price == price, "an order rests where its price is")
        let place = levels[index].entries.firstPlace { $0.priority >= priority }
        precondition(place < levels[index].entries.count && levels[index].entries[place].priority == priority, "a resting order is in its level")
        levels[index].entries.remove(at: place)
        if levels[index].entries.isEmpty { levels.remove(at: index) }
    }

    /// Takes from the entry that is first in line, which must be the one meant.
    mutating func take(_ quantity: FixedDecimal, priority: Int64) {
        let index = levels.count - 1
        precondition(levels[index].entries[0].priority == priority, "the first in line trades first")
        levels[index].entries[0].rest = levels[index].entries[0].rest - quantity
        let rest = levels[index].entries[0].rest
        precondition(!rest.isNegative, "no more is taken than rests")
        guard rest.isZero else { return }
        levels[index].entries.removeFirst()
        if levels[index].entries.isEmpty { levels.removeLast() }
    }

    mutating func removeMarketQuotes() {
        for index in levels.indices.reversed() where levels[index].entries.contains(where: { $0.order == nil }) {
            levels[index].entries.removeAll { $0.order == nil }
            if levels[index].entries.isEmpty { levels.remove(at: index) }
        }
    }

    /// The first level that is not worse than `price`.
    private func position(of price: Price) -> Int {
        levels.firstPlace { side == .buy ? $0.price >= price : $0.price <= price }
    }
}

struct OrderBook: Hashable, Sendable {
    private var bids = BookSide(side: .buy)
    private var asks = BookSide(side: .sell)
    private var lastPriority: Int64 = 0

    subscript(side: Side) -> BookSide { side == .buy ? bids : asks }

    /// The side an order of `side` trades with.
    func opposite(_ side: Side) -> BookSide { side == .buy ? asks : bids }

    /// Puts an order at the end of its level and gives its priority.
    mutating func rest(_ order: Int64?, _ account: ParticipantId, _ side: Side, _ quantity: FixedDecimal, at price: Price) -> Int64 {
        lastPriority += 1
        let entry = BookEntry(order: order, account: account, priority: lastPriority, rest: quantity)
        edit(side) { $0.add(entry, at: price) }
        return entry.priority
    }

    mutating func remove(_ side: Side, priority: Int64, at price: Price) { edit(side) { $0.remove(priority: priority, at: price) } }

    /// Takes from the best entry of `side`, which has that priority.
    mutating func take(_ quantity: FixedDecimal, from side: Side, priority: Int64) { edit(side) { $0.take(quantity, priority: priority) } }

    mutating func removeMarketQuotes() {
        bids.removeMarketQuotes()
        asks.removeMarketQuotes()
    }

    private mutating func edit(_ side: Side, _ change: (inout BookSide) -> Void) {
        if side == .buy { change(&bids) } else { change(&asks) }
    }
}

extension Array {
    /// The index of the first element that `holds`, in an array where all that hold come last; its count if none does.
    func firstPlace(_ holds: (Element) -> Bool) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
