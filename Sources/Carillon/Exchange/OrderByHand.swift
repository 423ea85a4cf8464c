// An order as a person wishes it: options to a request, checked against the exchange's rules before it leaves.
import ArgumentParser
import Domain
import Ports

struct OrderWish: ParsableArguments {
    @Argument(help: "The pair, e.g. BTC/USDT.")
    var symbol: String
    @Option(help: "How many coins.")
    var quantity: String?
    @Option(help: "For how much money, at the market.")
    var quote: String?
    @Option(help: "The price to wait for.")
    var limit: String?
    @Option(help: "The price that triggers it: below the market for a sell, above it for a buy.")
    var stop: String?
    @Option(help: "The limit once triggered; without it the order goes to the market.")
    var stopLimit: String?
    @Option(help: "Its client order id; else one is made.")
    var id: String?

    func validate() throws {
        guard (quantity != nil) != (quote != nil) else { throw ValidationError("say --quantity COINS, or --quote MONEY for an order at the market") }
        if quote != nil, limit != nil || stop != nil { throw ValidationError("--quote is for orders at the market; an order with --limit or --stop takes --quantity") }
        if stopLimit != nil, stop == nil { throw ValidationError("--stop-limit needs --stop") }
    }
}

struct OrderByHand {
    let options: ExchangeOptions
    let wish: OrderWish
    init(_ options: ExchangeOptions, _ wish: OrderWish) {
        self.options = options
        self.wish = wish
    }

    func send(_ side: Side) async throws {
        let exchange = try await ExchangeAssembly.trading(options)
        let rules = try await ExchangeArguments.rules(of: wish.symbol, exchange)
        let id = try wish.id.map(ExchangeArguments.clientId) ?? Self.newId(SystemClock().now)
        if wish.limit != nil, wish.stop != nil {
            let list = try await list(id, side, rules, exchange)
            Terminal.out(options.json ? ExchangeReport.fields(list).description : list.orders.map(ExchangeReport.line).joined(separator: "\n"))
        } else {
            let request = OrderRequest(id: id, symbol: rules.symbol, side: side, kind: try kind())
            try Self.check(rules, side, [request.kind])
            Self.announce(id, exchange)
            let order = try await exchange.asked { try await exchange.submit(request, .ordinary) }
            try Self.judge(order, exchange.venue)
            Terminal.out(options.json ? ExchangeReport.fields(order).description : ExchangeReport.line(order))
        }
    }

    /// An answer in which the order is no order, or nobody can tell what it is.
    private static func judge(_ order: VenueOrder, _ venue: String) throws(Failure) {
        switch order.status {
        case .rejected: throw Failure(.data, "\(venue) rejected it: \(ExchangeReport.line(order))")
        case .unrecognised: throw Failure(.temporary, "\(venue) gave it a status that Carillon does not know; ask before sending again: \(ExchangeReport.line(order))")
        case .acknowledged, .pendingNew, .new, .partiallyFilled, .filled, .canceled, .expired: break
        }
    }

    /// A lost answer can be asked for only by who knows the id.
    private static func announce(_ id: ClientOrderId, _ exchange: any Exchange) { Terminal.error("sending \(id) to \(exchange.venue)") }

    /// `CRH` and the milliseconds: letters and digits, so that every venue takes it.
    private static func newId(_ now: Timestamp) throws(Failure) -> ClientOrderId { try ExchangeArguments.clientId("CRH\(now.milliseconds)") }

    private func kind() throws(Failure) -> OrderKind {
        if let quote = wish.quote { return .market(.quote(try ExchangeArguments.decimal(quote, "quote"))) }
        let quantity = try ExchangeArguments.quantity(wish.quantity ?? "", "quantity")
        if let stop = wish.stop { return try Self.stopKind(quantity, stop, wish.stopLimit) }
        guard let limit = wish.limit else { return .market(.base(quantity)) }
        return .limit(quantity, price: try ExchangeArguments.price(limit, "limit"), .goodTillCancel)
    }

    private static func stopKind(_ quantity: Quantity, _ stop: String, _ stopLimit: String?) throws(Failure) -> OrderKind {
        let trigger = try ExchangeArguments.price(stop, "stop")
        guard let stopLimit else { return .stopLoss(quantity, trigger: trigger) }
        return .stopLossLimit(quantity, trigger: trigger, price: try ExchangeArguments.price(stopLimit, "stop-limit"), .goodTillCancel)
    }

    /// A limit and a stop on the same coins: one cancels the other.
    private func list(_ id: ClientOrderId, _ side: Side, _ rules: InstrumentRules, _ exchange: any Exchange) async throws -> VenueOrderList {
        let quantity = try ExchangeArguments.quantity(wish.quantity ?? "", "quantity")
        let target = OrderLeg(id: try ExchangeArguments.clientId("\(id)T"), side: side,
                              kind: .limitMaker(quantity, price: try ExchangeArguments.price(wish.limit ?? "", "limit")))
        let stop = OrderLeg(id: try ExchangeArguments.clientId("\(id)S"), side: side, kind: try Self.stopKind(quantity, wish.stop ?? "", wish.stopLimit))
        try Self.check(rules, side, [target.kind, stop.kind])
        let contingency = side == .sell ? OrderListRequest.Contingency.oneCancelsOther(above: target, below: stop) : .oneCancelsOther(above: stop, below: target)
        let request = OrderListRequest(id: id, symbol: rules.symbol, contingency)
        Self.announce(id, exchange)
        return try await exchange.asked { try await exchange.submit(request, .ordinary) }
    }

    private static func check(_ rules: InstrumentRules, _ side: Side, _ kinds: [OrderKind]) throws(Failure) {
        for kind in kinds {
            guard rules.orderTypes.contains(kind.type) else { throw Failure(.data, "\(rules.symbol) takes no \(kind.type.rawValue) orders; nothing was sent") }
            if let filter = rules.violation(side, kind, average: nil) {
                throw Failure(.data, "breaks the exchange's rule \(filter.rawValue); nothing was sent; carillon exchange-info \(rules.symbol) shows the rules")
            }
        }
    }
}
