// What the sequences came upon, so that a generator which no longer reaches a corner is noticed.
import Kernel
import Trading

struct Coverage: CustomStringConvertible {
    private(set) var seen: [String: Int] = [:]

    mutating func note(_ venue: ReferenceVenue) {
        for order in venue.orders {
            add("\(order.kind.type) \(order.status)")
            if let reason = order.reason { add("reason \(reason)") }
            if let list = order.list { add("\(venue.list(list).kind) leg \(order.status)") }
        }
        for trade in venue.trades {
            add(trade.maker.order == nil ? "trade with a quote" : trade.taker.order == nil ? "trade by a quote" : "trade of two orders")
            if trade.maker.account == trade.taker.account { add("trade with oneself") }
            for party in [trade.maker, trade.taker] { add("fee in \(party.fee.currency)") }
        }
    }

    mutating func add(_ what: String) { seen[what, default: 0] += 1 }
    var description: String { seen.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n") }
}
