// The same stand-in, seen through an adapter that answers orders and cancels with receipts alone, as Bybit, OKX and
// Bithumb do: so that the suite itself is known to ask where an answer says nothing.
import Kernel
import Market
import Ports
import TestSupport
import Trading

extension RegisteredVenue {
    static let receipts = RegisteredVenue(name: "receipts", capabilities: binance.capabilities.byReceipt, arranges: binance.arranges, plays: nil) {
        ReceiptUnderTest(real: try await BinanceUnderTest())
    }
}

extension VenueCapabilities {
    fileprivate var byReceipt: VenueCapabilities {
        var capabilities = self
        capabilities.acknowledgement = .receipt
        return capabilities
    }
}

struct ReceiptUnderTest: VenueUnderTest {
    let real: BinanceUnderTest
    var exchange: any Exchange { Receipts(real: real.exchange) }
    var clock: FakeClock { real.clock }
    var terms: Terms { real.terms }
    var requests: Int { real.requests }
    func arrange(_ circumstance: Circumstance) async throws { try await real.arrange(circumstance) }
    func books() async throws -> VenueBooks { try await real.books() }
    func stop() async { await real.stop() }
}

private struct Receipts: Exchange {
    let real: any Exchange
    var venue: String { "receipts" }
    var capabilities: VenueCapabilities { real.capabilities.byReceipt }
    func word(for rule: InstrumentFilter) -> String { real.word(for: rule) }

    /// What is left of an order's answer.
    private func receipt(_ order: VenueOrder) -> VenueOrder {
        VenueOrder(id: order.id, clientId: order.clientId, list: order.list, symbol: order.symbol, status: .acknowledged)
    }
    private func receipt(_ list: VenueOrderList) -> VenueOrderList {
        VenueOrderList(
            id: list.id, clientId: list.clientId, symbol: list.symbol, kind: list.kind, status: list.status, legs: list.legs, orders: [], time: nil)
    }

    func submit(_ order: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        receipt(try await real.submit(order, priority))
    }
    func submit(_ list: OrderListRequest, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        receipt(try await real.submit(list, priority))
    }
    func cancel(_ order: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrder {
        receipt(try await real.cancel(order, priority))
    }
    func cancelList(_ list: OrderReference, _ priority: RequestPriority) async throws(ExchangeError) -> VenueOrderList {
        receipt(try await real.cancelList(list, priority))
    }
    func cancelAll(_ symbol: Symbol, _ priority: RequestPriority) async throws(ExchangeError) -> [VenueOrder] {
        try await real.cancelAll(symbol, priority).map { receipt($0) }
    }
    func replace(_ order: OrderReference, with new: OrderRequest, _ priority: RequestPriority) async throws(ExchangeError) -> ReplaceOutcome {
        let outcome = try await real.replace(order, with: new, priority)
        return ReplaceOutcome(cancel: outcome.cancel.map { receipt($0) }, placement: outcome.placement?.map { receipt($0) })
    }

    func measureClock() async throws(ExchangeError) -> VenueClock { try await real.measureClock() }
    func rules() async throws(ExchangeError) -> [InstrumentRules] { try await real.rules() }
    func account() async throws(ExchangeError) -> VenueAccount { try await real.account() }
    func keyRestrictions() async throws(ExchangeError) -> KeyRestrictions { try await real.keyRestrictions() }
    func order(_ order: OrderReference) async throws(ExchangeError) -> VenueOrder { try await real.order(order) }
    func orderList(_ list: OrderReference) async throws(ExchangeError) -> VenueOrderList { try await real.orderList(list) }
    func openOrders(_ symbol: Symbol?) async throws(ExchangeError) -> OpenOrders { try await real.openOrders(symbol) }
    func openOrderLists() async throws(ExchangeError) -> [VenueOrderList] { try await real.openOrderLists() }
    func fills(_ symbol: Symbol, of order: VenueOrderId?, since: Timestamp?) async throws(ExchangeError) -> [VenueFill] {
        try await real.fills(symbol, of: order, since: since)
    }
}
