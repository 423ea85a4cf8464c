// What a test or a person at the control port may do to the venue: break requests, move prices, take money
// away, halt symbols, trade by hand on the same account.
public import Kernel
public import Market
import Matching
import StrictJSON
public import Trading

extension BinanceVenue {
    @discardableResult
    public func add(_ fault: Fault) -> Int { withState { $0.faults.add(fault.standing($0)) } }
    public func clearFaults() { withState { $0.faults.clear() } }
    /// Faults that have not hit all their requests yet.
    public var waitingFaults: Int { withState { $0.faults.faults.count } }

    public var audit: VenueAudit { withState { $0.audit } }
    /// What the venue's clock shows.
    public var now: Timestamp { withState { $0.now } }
    public func lastPrice(_ symbol: Symbol) -> Price? { withState { $0.core.lastPrice(symbol) } }
    public func rules(_ symbol: Symbol) -> InstrumentRules? { withState { $0.core.rules(symbol) } }

    /// Sets a price on its tick; with `hold` it stands there, else the market's path goes on from it.
    public func setPrice(_ symbol: Symbol, _ price: Price, hold: Bool = true) {
        withState { state in
            guard state.core.rules(symbol) != nil else { return }
            state.player.set(symbol, to: price, from: state.core.lastPrice(symbol), hold: hold)
            state.apply(symbol, price, at: state.now)
        }
    }

    /// What the market offers on each of so many levels; nil: as much as its volume says again.
    public func setDepth(_ symbol: Symbol, levels: Int, quantity: Quantity?) {
        withState { state in
            guard let rules = state.core.rules(symbol) else { return }
            state.depthOverride[symbol] = quantity.map { (min(levels, 1_000), $0.flooredToLot(rules.lot.step ?? .unit(places: 8))) }
            if let last = state.core.lastPrice(symbol) { state.apply(symbol, last, at: state.now) }
        }
    }

    public func setSkew(_ skew: TimeSpan) { withState { $0.skew = skew } }

    /// Changes rules or status of an instrument.
    public func setRules(_ symbol: Symbol, _ change: @Sendable (inout InstrumentRules) -> Void) {
        withState { state in
            guard var rules = state.core.rules(symbol) else { return }
            change(&rules)
            state.core.setRules(rules)
            if let last = state.core.lastPrice(symbol) { state.apply(symbol, last, at: state.now) }
        }
    }

    /// Brings money in or, below zero, takes it out; false if less is free.
    public func transfer(_ amount: FixedDecimal, _ currency: Currency) -> Bool {
        withState { state in (try? state.core.transfer(amount, currency, to: .trader)) != nil }
    }

    public func changeKey(_ change: @Sendable (inout BinanceKey) -> Void) { withState { change(&$0.settings.key) } }
    public func changeLimits(_ change: @Sendable (inout RequestLimits) -> Void) { withState { change(&$0.counts.limits) } }

    /// Somebody else on the same account does something: the request is taken without key and signature.
    func byHand(_ method: String, _ path: String, _ fields: [(String, String)]) -> BinanceReply {
        withState { state in
            guard let route = Route.table["\(method) \(path)"] else { return .page(404, "Not Found") }
            let parameters = Parameters(fields: fields.map { Parameters.Field(name: $0.0, value: $0.1) })
            do throws(BinanceError) {
                try parameters.check(known: route.known)
                return try route.handler(&state, parameters)
            } catch { return BinanceReply(error) }
        }
    }

    /// Places an order by hand; its parameters are those of `POST /api/v3/order`.
    /// - Returns: the status of the answer and its JSON.
    public func placeByHand(_ fields: [(String, String)]) -> (status: Int, json: String) {
        let reply = byHand("POST", "/api/v3/order", fields)
        return (reply.status, String(decoding: reply.body, as: UTF8.self))
    }
}
