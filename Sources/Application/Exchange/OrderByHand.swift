// An order as a person wishes it: words to a request, checked against the exchange's rules before it leaves.
import Kernel
import Ports
package import Trading

/// An order as a person wishes it, each part as it was written.
package struct OrderWish: Sendable {
    package let symbol: String
    package let quantity: String?
    /// For how much money, at the market.
    package let quote: String?
    package let limit: String?
    package let stop: String?
    package let stopLimit: String?
    /// nil for an id that is made here.
    package let id: String?

    package init(symbol: String, quantity: String?, quote: String?, limit: String?, stop: String?, stopLimit: String?, id: String?) {
        self.symbol = symbol
        self.quantity = quantity
        self.quote = quote
        self.limit = limit
        self.stop = stop
        self.stopLimit = stopLimit
        self.id = id
    }
}

package struct OrderByHand: Sendable {
    private let caller: Caller
    private let access: ExchangeAccess
    private let wish: OrderWish

    package init(_ caller: Caller, _ access: ExchangeAccess, _ wish: OrderWish) {
        self.caller = caller
        self.access = access
        self.wish = wish
    }

    /// What became of it: one order, or two of which one cancels the other.
    package enum Sent: Sendable {
        case order(VenueOrder, venue: String)
        case list(VenueOrderList)
    }

    package func send(_ side: Side) async throws -> Sent {
        let exchange = try await access.trading()
        let rules = try await ExchangeText.rules(of: wish.symbol, exchange)
        let id = try wish.id.map(ExchangeText.clientId) ?? Self.newId(caller.clock.now)
        if wish.limit != nil, wish.stop != nil { return .list(try await list(id, side, rules, exchange)) }
        let request = OrderRequest(id: id, symbol: rules.symbol, side: side, kind: try kind())
        try Self.check(rules, side, [request.kind], exchange)
        announce(id, exchange)
        return .order(try await exchange.asked { try await exchange.submit(request, .ordinary) }, venue: exchange.venue)
    }

    /// Only a person who knows the id can ask for a lost answer.
    private func announce(_ id: ClientOrderId, _ exchange: any Exchange) { caller.say("sending \(id) to \(exchange.venue)") }

    /// `CRH` and the milliseconds: letters and digits, so that every venue takes it.
    private static func newId(_ now: Timestamp) throws(Failure) -> ClientOrderId { try ExchangeText.clientId("CRH\(now.milliseconds)") }

    private func kind() throws(Failure) -> OrderKind {
        if let quote = wish.quote { return .market(.quote(try ExchangeText.decimal(quote, "quote"))) }
        let quantity = try ExchangeText.quantity(wish.quantity ?? "", "quantity")
        if let stop = wish.stop { return try Self.stopKind(quantity, stop, wish.stopLimit) }
        guard let limit = wish.limit else { return .market(.base(quantity)) }
        return .limit(quantity, price: try ExchangeText.price(limit, "limit"), .goodTillCancel)
    }

    private static func stopKind(_ quantity: Quantity, _ stop: String, _ stopLimit: String?) throws(Failure) -> OrderKind {
        let trigger = try ExchangeText.price(stop, "stop")
        guard let stopLimit else { return .stopLoss(quantity, trigger: trigger) }
        return .stopLossLimit(quantity, trigger: trigger, price: try ExchangeText.price(stopLimit, "stop-limit"), .goodTillCancel)
    }

    /// A limit and a stop on the same coins: one cancels the other.
    private func list(_ id: ClientOrderId, _ side: Side, _ rules: InstrumentRules, _ exchange: any Exchange) async throws -> VenueOrderList {
        let quantity = try ExchangeText.quantity(wish.quantity ?? "", "quantity")
        let target = OrderLeg(
            id: try ExchangeText.clientId("\(id)T"), side: side,
            kind: .limitMaker(quantity, price: try ExchangeText.price(wish.limit ?? "", "limit")))
        let stop = OrderLeg(
            id: try ExchangeText.clientId("\(id)S"), side: side, kind: try Self.stopKind(quantity, wish.stop ?? "", wish.stopLimit))
        try Self.check(rules, side, [target.kind, stop.kind], exchange)
        let contingency =
            side == .sell ? OrderListRequest.Contingency.oneCancelsOther(above: target, below: stop) : .oneCancelsOther(above: stop, below: target)
        let request = OrderListRequest(id: id, symbol: rules.symbol, contingency)
        announce(id, exchange)
        return try await exchange.asked { try await exchange.submit(request, .ordinary) }
    }

    private static func check(_ rules: InstrumentRules, _ side: Side, _ kinds: [OrderKind], _ exchange: any Exchange) throws(Failure) {
        for kind in kinds {
            guard rules.orderTypes.contains(kind.type) else {
                throw Failure(.data, "\(rules.symbol) takes no \(kind.type.rawValue) orders; nothing was sent")
            }
            if let rule = rules.violation(side, kind, average: nil) {
                throw Failure(
                    .data,
                    "breaks the exchange's rule \(exchange.word(for: rule)); nothing was sent; carillon exchange-info \(rules.symbol) shows the rules"
                )
            }
        }
    }
}
