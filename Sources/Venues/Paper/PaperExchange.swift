// The exchange of paper money: an order fills at the market's last price at its time, or at the level its trigger candle
// reached. Its memory is the journal: what was announced there exists here, and its answer is a pure function of the journaled
// order and the candles, so that asking again after a crash says what sending would have said. Nothing rests.
import Events
public import Kernel
public import Market
public import Ports
public import Trading

public struct PaperExchange: Exchange {
    public let venue = "paper"
    public let capabilities = VenueCapabilities(
        acknowledgement: .execution, orderTypes: [.market], orderLists: [], marketBuyInBase: true, marketBuyInQuote: false, hasAlgoBook: false,
        stopsLockBalance: false, canReplace: false, clientIds: .forever, maximumClientIdLength: 36, clientIdsTakeDashes: true, listsTrades: true,
        tellsTime: false, tellsKeyRestrictions: false, requestLifetime: nil, remembersByJournal: true)
    private let market: any MarketFeed
    private let costs: FillCosts
    private let journal: any Journal

    public init(market: any MarketFeed, costs: FillCosts, journal: any Journal) {
        self.market = market
        self.costs = costs
        self.journal = journal
    }

    public func word(for rule: InstrumentFilter) -> String { "\(rule)" }

    // MARK: Orders

    public func submit(_ request: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        guard let order = try book().main.known(request.id), case let announced = order.request, announced.symbol == request.symbol,
            announced.side == request.side, announced.kind == request.kind
        else { throw refusal(.invalidParameter, "\(request.id) was not announced like that") }
        return try await answer(order)
    }

    public func order(_ reference: OrderReference) async throws(ExchangeError) -> VenueOrder {
        guard let order = try known(reference) else { throw refusal(.unknownOrder, "never announced") }
        do throws(ExchangeError) {
            let found = try await answer(order)
            // Meanwhile somebody may have called it off: then it never was.
            guard try known(reference) != nil else { throw refusal(.unknownOrder, "called off") }
            return found
        } catch {
            if case .rejected(let rejection) = error, rejection.reason == .unknownOrder { throw error }
            // An order that was sent and not answered: what it would have been told, it is told now.
            guard case .rejected(let rejection) = error else { throw error }
            return VenueOrder(
                id: order.venueId, clientId: order.id, symbol: order.symbol, side: order.side, type: .market, status: .rejected,
                quantity: order.quantity, reason: rejection.detail, time: order.createdAt)
        }
    }

    public func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        var fills: [VenueFill] = []
        for known in try book().main.knownOrders where known.symbol == symbol && order.map({ $0 == known.venueId }) ?? true && !known.wasRefused {
            fills += try await answer(known).trades
        }
        return fills.filter { fill in since.map { $0 <= fill.time ?? $0 } ?? true }
    }

    private func known(_ reference: OrderReference) throws(ExchangeError) -> Order? {
        let id =
            switch reference.name {
            case .client(let id): id
            case .venue(let id): ClientOrderId(id.text)
            }
        guard let id, let order = try book().main.known(id), order.symbol == reference.symbol, !order.wasRefused else { return nil }
        return order
    }

    private func answer(_ order: Order) async throws(ExchangeError) -> VenueOrder {
        let price: Price?
        // A price that cannot be read now can be read later, and will be the same.
        do { price = try await self.price(for: order) } catch { throw .outcomeUnknown("\(error.source): \(error.detail)") }
        guard let near = price else { throw refusal(.invalidSymbol, "no closed candle of \(order.symbol) to fill at") }
        if isAbsurd(near, for: order) { throw refusal(.other, "\(near) is far from \(order.referencePrice), which it was decided at") }
        guard let fill = costs.fill(order, near: near, tick: order.tickSize, at: order.createdAt) else {
            throw refusal(.other, "\(near) less slippage is no price")
        }
        return order.filled(by: fill)
    }

    /// If a venue may report a wrong price, nobody buys or sells at it. Elsewhere candles are all there is.
    private func isAbsurd(_ near: Price, for order: Order) -> Bool {
        guard market.hasQuotes, order.triggerCandle == nil else { return false }
        let decided = KnownRange(order.referencePrice, order.referencePrice), sanity = PriceSanity()
        // A position may have been looked at long ago.
        return order.side == .buy
            ? PriceSanity.difference(near, order.referencePrice) > sanity.shiftLimit : !decided.isNear(near, factor: sanity.wickFactor)
    }

    private func price(for order: Order) async throws(FeedError) -> Price? {
        order.triggerCandle != nil ? order.referencePrice : try await market.lastPrice(of: order.symbol, at: order.createdAt)
    }

    private func book() throws(ExchangeError) -> Book {
        do { return try journal.book() } catch { throw .unavailable("the journal cannot be read: \(error)") }
    }

    private func refusal(_ reason: Rejection.Reason, _ why: String) -> ExchangeError { .rejected(Rejection(reason, why)) }

    // MARK: Account and rules

    public func account() async throws(ExchangeError) -> VenueAccount {
        VenueAccount(
            balances: try book().main.ledger.holdings.map { VenueAccount.Balance(asset: $0.asset.code, free: $0.amount, locked: .zero) },
            canTrade: true,
            takerFee: costs.fee)
    }

    /// Of what the market lists at the newest moment that the journal knows.
    public func rules() async throws(ExchangeError) -> [InstrumentRules] {
        do {
            return try await market.instruments(at: try journal.newestEntry() ?? Timestamp(milliseconds: 0)).map(InstrumentRules.init)
        } catch let error as FeedError {
            throw .unavailable("\(error.source): \(error.detail)")
        } catch {
            throw .unavailable("the journal cannot be read: \(error)")
        }
    }

    // MARK: Nothing rests on paper

    public func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        throw refusal(.unknownOrder, "nothing is open on paper")
    }
    public func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] { [] }
    public func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders { OpenOrders(orders: []) }
    public func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { [] }
    public func measureClock() async throws(ExchangeError) -> VenueClock { throw .unsupported("paper tells no time") }
    public func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { throw .unsupported("paper knows no keys") }
    public func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList { throw noLists }
    public func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList { throw noLists }
    public func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { throw noLists }
    public func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        throw .unsupported("paper replaces no order")
    }
    private var noLists: ExchangeError { .unsupported("paper takes no order lists") }
}

extension Order {
    /// Paper has no ids of its own.
    fileprivate var venueId: VenueOrderId { VenueOrderId(id.text) ?? VenueOrderId(0) }
    /// Never taken, so that there is no such order.
    fileprivate var wasRefused: Bool { [.denied, .rejected, .canceled, .expired].contains(status) }

    fileprivate func filled(by fill: Fill) -> VenueOrder {
        let execution = VenueFill(
            id: fill.id, order: venueId, symbol: symbol, side: side, quantity: fill.quantity, price: fill.price, fee: fill.fee, isMaker: false,
            time: fill.time)
        return VenueOrder(
            id: venueId, clientId: id, symbol: symbol, side: side, type: .market, status: .filled, quantity: quantity,
            executedQuantity: fill.quantity, executedQuote: fill.quantity.value.times(fill.price.value, rounding: .down), trades: [execution],
            time: fill.time)
    }
}
