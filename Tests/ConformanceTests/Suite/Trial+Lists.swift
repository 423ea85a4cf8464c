// The steps of cases about order lists: their usual shapes, and asking for them.
import Ports
import Trading

extension Trial {
    /// A pair that sells: a target above and a stop below, so many percent from the price.
    func pair(_ label: String, target: Int = 2, stop: Int = -2, percent: Int = 100) -> OrderListRequest.Contingency {
        let (above, below) = legs(label, target, stop, percent)
        return .oneCancelsOther(above: above, below: below)
    }
    private func legs(_ label: String, _ target: Int, _ stop: Int, _ percent: Int) -> (OrderLeg, OrderLeg) {
        (
            OrderLeg(id: id(label + "up"), side: .sell, kind: .limitMaker(terms.part(percent), price: terms.price(target))),
            OrderLeg(id: id(label + "dn"), side: .sell, kind: .stopLoss(terms.part(percent), trigger: terms.price(stop)))
        )
    }
    private func working(_ label: String) -> OrderLeg {
        OrderLeg(id: id(label + "in"), side: .buy, kind: .limit(terms.quantity, price: terms.price(-1), .goodTillCancel))
    }
    func entryWithStop(_ label: String) -> OrderListRequest.Contingency {
        .oneTriggersOther(working: working(label), pending: legs(label, 2, -5, 90).1)
    }
    func entryWithPair(_ label: String) -> OrderListRequest.Contingency {
        let (above, below) = legs(label, 2, -5, 90)
        return .oneTriggersOneCancelsOther(working: working(label), above: above, below: below)
    }

    func submitList(_ label: String, _ contingency: OrderListRequest.Contingency) async -> Result<VenueOrderList, ExchangeError> {
        let request = OrderListRequest(id: id(label), symbol: symbol, contingency)
        return await Result { () async throws(ExchangeError) in try await exchange.submit(request, .protective) }
    }
    func submitPair(_ label: String) async -> Result<VenueOrderList, ExchangeError> { await submitList(label, pair(label)) }
    func cancelList(_ label: String) async -> Result<VenueOrderList, ExchangeError> {
        let reference = reference(label)
        return await Result { () async throws(ExchangeError) in try await exchange.cancelList(reference, .protective) }
    }
    func askList(_ label: String) async -> Result<VenueOrderList, ExchangeError> {
        let reference = reference(label)
        return await Result { () async throws(ExchangeError) in try await exchange.orderList(reference) }
    }
    func statuses(_ labels: String...) async throws -> [VenueOrderStatus] {
        var statuses: [VenueOrderStatus] = []
        for label in labels { statuses.append(try await order(label).status) }
        return statuses
    }
}
