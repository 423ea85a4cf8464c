// The program's own paper exchange as the suite asks it: each request is announced in a journal first and its answer written
// there, as the engine does it, and checked as the engine's gate checks it. What comes back is the exchange's own word.
import Events
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Trading
import VenuePaper

final class PaperVenue: Exchange {
    let venue = "paper"
    let journal: MemoryJournal
    private let real: PaperExchange
    private let market: FakeMarket
    private let costs: FillCosts
    private let clock: FakeClock
    private let loses = Mutex(false)

    init(market: FakeMarket, costs: FillCosts, balances: [Money], clock: FakeClock) throws {
        journal = MemoryJournal()
        real = PaperExchange(market: market, costs: costs, journal: journal)
        (self.market, self.costs, self.clock) = (market, costs, clock)
        try journal.commit(at: clock.now) { _ in
            [.journalOpened(JournalOpened(world: "suite", start: nil, mode: "paper", quote: .usdt))]
                + balances.map { .cashMoved(CashMoved(amount: $0, reason: "opening balance")) }
        }
    }

    var capabilities: VenueCapabilities { real.capabilities }
    /// The answer to the next order is lost.
    func loseAnswer() { loses.withLock { $0 = true } }

    func submit(_ request: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        guard case .market(.base(let quantity)) = request.kind else { throw .unsupported("\(request.kind.type) orders on paper") }
        let order = try await checked(request, quantity)
        do { try journal.commit(at: clock.now) { _ in [.orderSubmitted(OrderSubmitted(order: order))] } } catch {
            throw refusal(.duplicateClientId)
        }
        do throws(ExchangeError) {
            let found = try await real.submit(request, priority)
            let isLost = loses.withLock { loses in
                defer { loses = false }
                return loses
            }
            if isLost { throw .outcomeUnknown("the answer was lost") }
            return write(found, order)
        } catch {
            if case .rejected(let rejection) = error { write(.reject, rejection.detail, order) }
            throw error
        }
    }

    func order(_ reference: OrderReference) async throws(ExchangeError) -> VenueOrder {
        let found = try await real.order(reference)
        guard let id = found.clientId, let order = try? journal.book().main.known(id) else { return found }
        if found.status == .rejected {
            write(.reject, found.reason ?? "", order)
            throw refusal(.unknownOrder)
        }
        return write(found, order)
    }

    /// What the gate would have found: grids, the smallest notional, and money that is not there.
    private func checked(_ request: OrderRequest, _ quantity: Quantity) async throws(ExchangeError) -> Order {
        guard let rules = try await real.rules().first(where: { $0.symbol == request.symbol }),
            let price = market.price(request.symbol, at: clock.now)
        else { throw refusal(.invalidSymbol) }
        guard (try? journal.book().main.known(request.id)) == nil else { throw refusal(.duplicateClientId) }
        if let filter = rules.violation(request.side, request.kind, average: price) { throw refusal(.filter(filter)) }
        let order = Order(
            id: request.id, trade: TradeId(1), symbol: request.symbol, side: request.side, type: .market, role: .entry, quantity: quantity,
            referencePrice: price, tickSize: rules.price.step ?? .ulp, createdAt: clock.now)
        let paid = costs.executed(request.side, near: price, tick: order.tickSize)?.value.times(quantity.value, rounding: .up) ?? .zero
        let (needed, currency) = request.side == .buy ? (paid, request.symbol.quote) : (quantity.value, request.symbol.base)
        guard needed <= (try await real.account().balance(of: currency)?.free ?? .zero) else { throw refusal(.insufficientFunds) }
        return order
    }

    /// Enters what was executed, once.
    @discardableResult
    private func write(_ found: VenueOrder, _ order: Order) -> VenueOrder {
        _ = try? journal.commit(at: clock.now) { [clock] book in
            guard var life = book.main.life(of: order.id) else { return [] }
            return life.handle(.found(found), at: clock.now).compactMap { action in
                guard case .fill(let event, let fill) = action else { return nil }
                return .orderChanged(OrderChanged(order: order.id, event: event, fill: fill))
            }
        }
        return found
    }

    private func write(_ event: OrderEvent, _ why: String, _ order: Order) {
        _ = try? journal.commit(at: clock.now) { _ in [.orderChanged(OrderChanged(order: order.id, event: event, detail: why))] }
    }

    private func refusal(_ reason: Rejection.Reason) -> ExchangeError { .rejected(Rejection(reason, "on paper")) }

    // MARK: As it is

    func word(for rule: InstrumentFilter) -> String { real.word(for: rule) }
    func rules() async throws(ExchangeError) -> [InstrumentRules] { try await real.rules() }
    func account() async throws(ExchangeError) -> VenueAccount { try await real.account() }
    func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        try await real.fills(symbol, of: order, since: since)
    }
    func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        try await real.cancel(order, priority)
    }
    func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] {
        try await real.cancelAll(symbol, priority)
    }
    func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders { try await real.openOrders(symbol) }
    func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { try await real.openOrderLists() }
    func measureClock() async throws(ExchangeError) -> VenueClock { try await real.measureClock() }
    func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { try await real.keyRestrictions() }
    func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        try await real.submit(list, priority)
    }
    func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        try await real.cancelList(list, priority)
    }
    func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { try await real.orderList(list) }
    func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        try await real.replace(order, with: new, priority)
    }
}
