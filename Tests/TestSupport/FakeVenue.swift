// A venue with a memory: market orders at prices that a test sets, executed whole or in parts, with fees in any asset, read
// with a lag, refused after their time. It shares nothing with the program but the port.
public import Kernel
public import Market
public import Ports
import Synchronization
public import Trading

public final class FakeVenue: Exchange {
    /// How a market order is executed.
    public struct Manner: Sendable {
        /// Shares of the order in their sequence; what they leave rests.
        public var parts: [Ratio] = [.one]
        /// How what rests ends; nil if it stays open.
        public var rest: VenueOrderStatus?
        /// The asset of fees; nil for what comes in.
        public var feeAsset: Currency?
        /// Whether an answer lists the executions; if not, they must be asked for.
        public var listsInAnswer = true
        /// How long after it was placed an order cannot be read yet.
        public var lag = TimeSpan(milliseconds: 0)
        public init() {}
    }

    fileprivate struct State {
        var orders: [VenueOrder] = []
        var placed: [Timestamp] = []
        var balances: [Currency: FixedDecimal]
        var manner = Manner()
        var executions = 0
        var sentAgain: [ClientOrderId] = []
    }
    public let venue = "fake venue"
    public let capabilities = VenueCapabilities(
        acknowledgement: .execution, orderTypes: [.market], orderLists: [], marketBuyInBase: true, marketBuyInQuote: false, hasAlgoBook: false,
        stopsLockBalance: false, canReplace: false, clientIds: .forever, maximumClientIdLength: 36, clientIdsTakeDashes: true, listsTrades: true,
        tellsTime: false, tellsKeyRestrictions: false, requestLifetime: .seconds(20))
    private let market: FakeMarket
    private let clock: any Clock
    private let fee: Ratio
    private let state: Mutex<State>

    /// - Parameter fee: a share of what comes in, or of the notional where an asset of its own pays it (one unit of it is worth
    ///   one of quote).
    public init(_ market: FakeMarket, clock: any Clock, fee: Ratio = "0.001", balances: [Currency: FixedDecimal]) {
        (self.market, self.clock, self.fee) = (market, clock, fee)
        state = Mutex(State(balances: balances))
    }

    // MARK: What a test looks at and changes

    public var orders: [VenueOrder] { state.withLock { $0.orders } }
    public var balances: [Currency: FixedDecimal] { state.withLock { $0.balances } }
    /// Orders that were sent a second time: refused here, and bought twice at a venue that forgets ids.
    public var sentAgain: [ClientOrderId] { state.withLock { $0.sentAgain } }
    public func set(_ change: (inout Manner) -> Void) { state.withLock { change(&$0.manner) } }

    /// Executes more of an order at the market's price, whatever has become of it.
    public func execute(_ id: ClientOrderId, _ quantity: Quantity) {
        guard let index = orders.firstIndex(where: { $0.clientId == id }), let price = market.price(orders[index].symbol, at: clock.now) else {
            return
        }
        state.withLock { $0.execute(index, quantity, at: price, fee: fee, time: clock.now) }
    }

    public func end(_ id: ClientOrderId, _ status: VenueOrderStatus, _ reason: String? = nil) {
        state.withLock { state in
            guard let index = state.orders.firstIndex(where: { $0.clientId == id }) else { return }
            state.orders[index].status = status
            state.orders[index].reason = reason
        }
    }

    // MARK: The port

    public func submit(_ request: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        guard case .market(.base(let quantity)) = request.kind else { throw .unsupported("\(request.kind.type) orders") }
        let now = clock.now
        if let end = request.validUntil, now > end { throw refusal(.other, "the request is too old") }
        guard let rules = try await rules().first(where: { $0.symbol == request.symbol }), let price = market.price(request.symbol, at: now) else {
            throw refusal(.invalidSymbol, "no such symbol")
        }
        if let filter = rules.violation(request.side, request.kind, average: price) { throw refusal(.filter(filter), "\(filter)") }
        let (needed, currency) =
            request.side == .buy ? (quantity.value.times(price.value, rounding: .up), request.symbol.quote) : (quantity.value, request.symbol.base)
        let answer = state.withLock { state -> Result<VenueOrder, ExchangeError> in
            guard !state.orders.contains(where: { $0.clientId == request.id }) else {
                state.sentAgain.append(request.id)
                return .failure(refusal(.duplicateClientId, "sent twice"))
            }
            guard needed <= state.balances[currency] ?? .zero else { return .failure(refusal(.insufficientFunds, "not enough")) }
            let index = state.orders.count
            state.orders.append(
                VenueOrder(
                    id: VenueOrderId(Int64(index + 1)), clientId: request.id, symbol: request.symbol, side: request.side, type: .market,
                    status: .new, quantity: quantity, executedQuote: .zero, time: now))
            state.placed.append(now)
            var left = quantity
            for share in state.manner.parts {
                let part = min(left, share == .one ? left : quantity.portion(share, lot: rules.lot.step ?? .ulp))
                state.execute(index, part, at: price, fee: fee, time: now)
                left = left - part
            }
            if !left.isZero, let rest = state.manner.rest { state.orders[index].status = rest }
            return .success(state.answer(index))
        }
        return try answer.get()
    }

    public func order(_ reference: OrderReference) async throws(ExchangeError) -> VenueOrder {
        let now = clock.now
        let found = state.withLock { state -> VenueOrder? in
            let index = state.orders.firstIndex {
                $0.symbol == reference.symbol && (reference.name == .venue($0.id) || $0.clientId.map { .client($0) == reference.name } ?? false)
            }
            guard let index, state.placed[index] + state.manner.lag <= now else { return nil }
            return state.answer(index)
        }
        guard let found else { throw refusal(.unknownOrder, "no such order") }
        return found
    }

    public func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        orders.filter { $0.symbol == symbol && (order ?? $0.id) == $0.id }.flatMap(\.trades)
            .filter { fill in since.map { $0 <= fill.time ?? $0 } ?? true }
    }

    public func rules() async throws(ExchangeError) -> [InstrumentRules] {
        do { return try await market.instruments(at: clock.now).map(InstrumentRules.init) } catch { throw .unavailable(error.detail) }
    }

    public func account() async throws(ExchangeError) -> VenueAccount {
        VenueAccount(
            balances: balances.map { VenueAccount.Balance(asset: $0.key.code, free: $0.value, locked: .zero) }, canTrade: true, takerFee: fee)
    }

    private func refusal(_ reason: Rejection.Reason, _ why: String) -> ExchangeError { .rejected(Rejection(reason, why)) }

    // MARK: What it cannot do

    public func word(for rule: InstrumentFilter) -> String { "\(rule)" }
    public func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        throw refusal(.unknownOrder, "nothing is open")
    }
    public func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] { [] }
    public func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders {
        OpenOrders(orders: orders.filter { !$0.status.isFinal && (symbol ?? $0.symbol) == $0.symbol })
    }
    public func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { [] }
    public func measureClock() async throws(ExchangeError) -> VenueClock { throw .unsupported("no time here") }
    public func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { throw .unsupported("no keys here") }
    public func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        throw .unsupported("no lists here")
    }
    public func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        throw .unsupported("no lists here")
    }
    public func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { throw .unsupported("no lists here") }
    public func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        throw .unsupported("no replacing here")
    }
}

extension FakeVenue.State {
    fileprivate mutating func execute(_ index: Int, _ quantity: Quantity, at price: Price, fee: Ratio, time: Timestamp) {
        guard !quantity.isZero else { return }
        let order = orders[index], base = order.symbol.base, quote = order.symbol.quote, isBuy = order.side == .buy
        let notional = quantity.value.times(price.value, rounding: .down)
        let incoming = isBuy ? Money(quantity.value, base) : Money(notional, quote)
        let charged =
            manner.feeAsset.map { Money(notional.times(fee.value, rounding: .up), $0) }
            ?? Money(incoming.amount.times(fee.value, rounding: .up), incoming.currency)
        executions += 1
        orders[index].trades.append(
            VenueFill(
                id: "\(executions)", order: order.id, symbol: order.symbol, side: order.side ?? .buy, quantity: quantity, price: price, fee: charged,
                isMaker: false, time: time))
        orders[index].executedQuantity = order.executedQuantity + quantity
        orders[index].executedQuote = (order.executedQuote ?? .zero) + notional
        let isWhole = orders[index].executedQuantity >= order.quantity ?? .zero
        if isWhole { orders[index].status = .filled } else if !order.status.isFinal { orders[index].status = .partiallyFilled }
        balances[base, default: .zero] += isBuy ? quantity.value : -quantity.value
        balances[quote, default: .zero] += isBuy ? -notional : notional
        balances[charged.currency, default: .zero] -= charged.amount
    }

    fileprivate func answer(_ index: Int) -> VenueOrder {
        var order = orders[index]
        if !manner.listsInAnswer { order.trades = [] }
        return order
    }
}
