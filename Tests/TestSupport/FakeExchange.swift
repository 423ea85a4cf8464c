// An exchange whose every answer about an order a test may replace, and which remembers what it was asked.
import Events
public import Kernel
public import Market
public import Ports
import Synchronization
public import Trading

public final class FakeExchange: Exchange {
    /// What it says instead of the truth.
    public enum Says: Hashable, Sendable {
        case accepted
        case filled(Fill)
        case rejected(String)
        /// There is no such order.
        case absent
        /// No answer that counts.
        case unknown(String)
        case found(VenueOrder)
    }
    public typealias Answer = @Sendable (Order) async -> Says
    private struct State {
        var onSubmit: Answer?
        var onQuery: Answer?
        var submitted: [ClientOrderId] = []
        var queried: [ClientOrderId] = []
        var hidesFills = false
    }
    public let venue = "fake"
    public var capabilities: VenueCapabilities { real.capabilities }
    private let real: any Exchange
    private let journal: any Journal
    private let state = Mutex(State())

    /// Answers as `real` does until told otherwise.
    public init(_ real: any Exchange, _ journal: any Journal) {
        self.real = real
        self.journal = journal
    }

    public var submitted: [ClientOrderId] { state.withLock { $0.submitted } }
    public var queried: [ClientOrderId] { state.withLock { $0.queried } }
    public func onSubmit(_ answer: Answer?) { state.withLock { $0.onSubmit = answer } }
    public func onQuery(_ answer: Answer?) { state.withLock { $0.onQuery = answer } }
    /// Executions cannot be listed.
    public func hidesFills(_ hides: Bool) { state.withLock { $0.hidesFills = hides } }

    /// What the real one would say.
    public func truth(_ order: Order) async -> Says {
        do throws(ExchangeError) { return .found(try await real.order(order.reference)) } catch {
            guard case .rejected(let rejection) = error else { return .unknown("\(error)") }
            return rejection.reason == .unknownOrder ? .absent : .rejected(rejection.detail)
        }
    }

    public func submit(_ request: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        let answer = state.withLock { state in
            state.submitted.append(request.id)
            return state.onSubmit
        }
        guard let answer, let order = announced(request.id) else { return try await real.submit(request, priority) }
        return try await answer(order).told(of: order, whenSent: true)
    }

    public func order(_ reference: OrderReference) async throws(ExchangeError) -> VenueOrder {
        guard case .client(let id) = reference.name else { return try await real.order(reference) }
        let answer = state.withLock { state in
            state.queried.append(id)
            return state.onQuery
        }
        guard let answer, let order = announced(id) else { return try await real.order(reference) }
        return try await answer(order).told(of: order, whenSent: false)
    }

    private func announced(_ id: ClientOrderId) -> Order? { (try? journal.book())?.main.known(id) }

    // MARK: As the real one

    public func word(for rule: InstrumentFilter) -> String { real.word(for: rule) }
    public func measureClock() async throws(ExchangeError) -> VenueClock { try await real.measureClock() }
    public func rules() async throws(ExchangeError) -> [InstrumentRules] { try await real.rules() }
    public func account() async throws(ExchangeError) -> VenueAccount { try await real.account() }
    public func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { try await real.keyRestrictions() }
    public func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        try await real.submit(list, priority)
    }
    public func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        try await real.cancel(order, priority)
    }
    public func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        try await real.cancelList(list, priority)
    }
    public func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] {
        try await real.cancelAll(symbol, priority)
    }
    public func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        try await real.replace(order, with: new, priority)
    }
    public func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { try await real.orderList(list) }
    public func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders { try await real.openOrders(symbol) }
    public func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { try await real.openOrderLists() }
    public func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        guard !state.withLock({ $0.hidesFills }) else { throw .unavailable("executions cannot be listed now") }
        return try await real.fills(symbol, of: order, since: since)
    }
}

extension FakeExchange.Says {
    fileprivate func told(of order: Order, whenSent: Bool) throws(ExchangeError) -> VenueOrder {
        switch self {
        case .accepted: return order.found(.new)
        case .filled(let fill): return order.found(.filled, [fill])
        case .rejected(let why):
            if whenSent { throw .rejected(Rejection(.other, why)) }
            return order.found(.rejected, reason: why)
        case .absent: throw .rejected(Rejection(.unknownOrder, "no such order"))
        case .unknown(let why): throw .outcomeUnknown(why)
        case .found(let found): return found
        }
    }
}

extension Order {
    /// The order as a venue may have it.
    public func found(_ status: VenueOrderStatus, _ fills: [Fill] = [], executed: Quantity? = nil, reason: String? = nil) -> VenueOrder {
        let id = VenueOrderId(id.text)!
        let executions = fills.map {
            VenueFill(
                id: $0.id, order: id, symbol: $0.symbol, side: $0.side, quantity: $0.quantity, price: $0.price, fee: $0.fee, isMaker: nil,
                time: $0.time)
        }
        return VenueOrder(
            id: id, clientId: self.id, symbol: symbol, side: side, type: .market, status: status, quantity: quantity,
            executedQuantity: executed ?? executions.reduce(.zero) { $0 + $1.quantity }, trades: executions, reason: reason, time: createdAt)
    }
}
