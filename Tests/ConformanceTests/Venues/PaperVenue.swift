// The paper exchange as the port wants it: thin, for the suite alone. It remembers its orders by client id, keeps
// an account from their fills, and leaves what a fill costs to the real paper exchange.
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Trading

final class PaperVenue: Exchange {
    private struct State {
        var orders: [(order: Order, fill: Fill?)] = []
        var balances: [Currency: FixedDecimal]
    }
    let venue = "paper"
    func word(for rule: InstrumentFilter) -> String { "\(rule)" }
    let capabilities = VenueCapabilities(
        acknowledgement: .execution, orderTypes: [.market], orderLists: [], marketBuyInBase: true, marketBuyInQuote: false, hasAlgoBook: false,
        stopsLockBalance: false,
        canReplace: false, clientIds: .forever, maximumClientIdLength: 36, clientIdsTakeDashes: true, listsTrades: true, tellsTime: false,
        tellsKeyRestrictions: false,
        requestLifetime: nil)
    private let execution: any ExecutionClient
    private let market: FakeMarket
    private let listed: InstrumentRules
    private let costs: FillCosts
    private let clock: FakeClock
    private let state: Mutex<State>

    init(
        _ execution: any ExecutionClient, market: FakeMarket, rules: InstrumentRules, costs: FillCosts, balances: [Currency: FixedDecimal],
        clock: FakeClock
    ) {
        self.execution = execution
        self.market = market
        listed = rules
        self.costs = costs
        self.clock = clock
        state = Mutex(State(balances: balances))
    }

    var orders: [(order: Order, fill: Fill?)] { state.withLock { $0.orders } }
    var balances: [Currency: FixedDecimal] { state.withLock { $0.balances } }

    func rules() async throws(ExchangeError) -> [InstrumentRules] { [listed] }
    func account() async throws(ExchangeError) -> VenueAccount {
        VenueAccount(
            balances: balances.map { VenueAccount.Balance(asset: $0.key.code, free: $0.value, locked: .zero) }, canTrade: true, takerFee: costs.fee)
    }

    func submit(_ request: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        guard case .market(.base(let quantity)) = request.kind else { throw .unsupported("\(request.kind.type) orders on paper") }
        let order = try checked(request, quantity)
        state.withLock { $0.orders.append((order, nil)) }
        switch await execution.submit(order) {
        case .filled(let fill): return book(fill)
        case .unknown(let why): throw .outcomeUnknown(why)
        case .rejected(let why): throw forgotten(order, .other, why)
        case .absent, .accepted: throw forgotten(order, .other, "not filled at once")
        }
    }

    private func checked(_ request: OrderRequest, _ quantity: Quantity) throws(ExchangeError) -> Order {
        guard request.symbol == listed.symbol, let price = market.price(request.symbol, at: clock.now) else { throw refusal(.invalidSymbol) }
        guard !orders.contains(where: { $0.order.id == request.id }) else { throw refusal(.duplicateClientId) }
        if let filter = listed.violation(request.side, request.kind, average: price) { throw refusal(.filter(filter)) }
        let order = Order(
            id: request.id, trade: TradeId(1), symbol: request.symbol, side: request.side, type: .market,
            role: request.side == .buy ? .entry : .exit(.manual),
            quantity: quantity, referencePrice: price, tickSize: listed.price.step ?? .ulp, createdAt: clock.now)
        let paid = costs.executed(request.side, near: price, tick: order.tickSize)?.value.times(quantity.value, rounding: .up) ?? .zero
        let (needed, currency) = request.side == .buy ? (paid, request.symbol.quote) : (quantity.value, request.symbol.base)
        guard needed <= balances[currency] ?? .zero else { throw refusal(.insufficientFunds) }
        return order
    }

    func order(_ reference: OrderReference) async throws(ExchangeError) -> VenueOrder {
        guard
            let known = orders.enumerated().first(where: {
                reference.name == .client($1.order.id) || reference.name == .venue(VenueOrderId(Int64($0 + 1)))
            })
        else {
            throw refusal(.unknownOrder)
        }
        switch await execution.query(known.element.order) {
        case .filled(let fill): return book(fill)
        case .unknown(let why): throw .unavailable(why)
        case .rejected, .absent, .accepted: throw refusal(.unknownOrder)
        }
    }

    /// Enters a fill once, however often it is told.
    private func book(_ fill: Fill) -> VenueOrder {
        state.withLock { state in
            let index = state.orders.firstIndex { $0.order.id == fill.order } ?? 0
            if state.orders[index].fill == nil {
                state.orders[index].fill = fill
                for currency in [fill.symbol.base, fill.symbol.quote] {
                    state.balances[currency] = (state.balances[currency] ?? .zero) + trade(fill, index).effect(on: currency)
                }
            }
            let notional = fill.quantity.value.times(fill.price.value, rounding: .down)
            return VenueOrder(
                id: VenueOrderId(Int64(index + 1)), clientId: fill.order, symbol: fill.symbol, side: fill.side, type: .market, status: .filled,
                quantity: fill.quantity, executedQuantity: fill.quantity, executedQuote: notional, trades: [trade(fill, index)], time: fill.time)
        }
    }

    private func trade(_ fill: Fill, _ index: Int) -> VenueFill {
        VenueFill(
            id: fill.id, order: VenueOrderId(Int64(index + 1)), symbol: fill.symbol, side: fill.side, quantity: fill.quantity, price: fill.price,
            fee: fill.fee, isMaker: false, time: fill.time)
    }

    private func refusal(_ reason: Rejection.Reason) -> ExchangeError { .rejected(Rejection(reason, "on paper")) }
    private func forgotten(_ order: Order, _ reason: Rejection.Reason, _ why: String) -> ExchangeError {
        state.withLock { $0.orders.removeAll { $0.order.id == order.id } }
        return .rejected(Rejection(reason, why))
    }

    func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        orders.enumerated().compactMap { index, known in known.fill.map { trade($0, index) } }
            .filter { trade in order.map { $0 == trade.order } ?? true && since.map { $0 <= trade.time ?? $0 } ?? true }
    }

    // MARK: Nothing rests on paper

    func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder { throw refusal(.unknownOrder) }
    func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] { [] }
    func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders { OpenOrders(orders: []) }
    func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { [] }
    func measureClock() async throws(ExchangeError) -> VenueClock { throw .unsupported("time on paper") }
    func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { throw .unsupported("keys on paper") }
    func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        throw .unsupported("lists on paper")
    }
    func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        throw .unsupported("lists on paper")
    }
    func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { throw .unsupported("lists on paper") }
    func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        throw .unsupported("replacing on paper")
    }
}
