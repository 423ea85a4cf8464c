// C5: orders that hang together, and what remains without protection where they come apart.
import Domain
import Ports
import Testing

extension Trial {
    /// A pair that sells: a target above and a stop below, so many percent from the price.
    func pair(_ label: String, target: Int = 2, stop: Int = -2, percent: Int = 100) -> OrderListRequest.Contingency {
        let (above, below) = legs(label, target, stop, percent)
        return .oneCancelsOther(above: above, below: below)
    }
    private func legs(_ label: String, _ target: Int, _ stop: Int, _ percent: Int) -> (OrderLeg, OrderLeg) {
        (OrderLeg(id: id(label + "up"), side: .sell, kind: .limitMaker(terms.part(percent), price: terms.price(target))),
         OrderLeg(id: id(label + "dn"), side: .sell, kind: .stopLoss(terms.part(percent), trigger: terms.price(stop))))
    }
    private func working(_ label: String) -> OrderLeg {
        OrderLeg(id: id(label + "in"), side: .buy, kind: .limit(terms.quantity, price: terms.price(-1), .goodTillCancel))
    }
    func entryWithStop(_ label: String) -> OrderListRequest.Contingency { .oneTriggersOther(working: working(label), pending: legs(label, 2, -5, 90).1) }
    func entryWithPair(_ label: String) -> OrderListRequest.Contingency {
        let (above, below) = legs(label, 2, -5, 90)
        return .oneTriggersOneCancelsOther(working: working(label), above: above, below: below)
    }

    func submitList(_ label: String, _ contingency: OrderListRequest.Contingency) async -> Result<VenueOrderList, ExchangeError> {
        let request = OrderListRequest(id: id(label), symbol: symbol, contingency)
        return await Result { () async throws(ExchangeError) in try await exchange.submit(request, .protective) }
    }
    func submitPair(_ label: String) async -> Result<VenueOrderList, ExchangeError> { await submitList(label, pair(label)) }
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

extension ConformanceCase {
    static let lists: [ConformanceCase] = [
        ConformanceCase("C501", "an OCO is found by both ids with its legs, and locks its coins once", [.list(.oco)]) { (trial) async throws in
            let placed = try await trial.submitPair("a").get()
            #expect(placed.kind == .oco && placed.status == .executing && Set(placed.legs.map(\.clientId)) == [trial.id("aup"), trial.id("adn")])
            for name in [OrderReference.Name.client(trial.id()), .venue(placed.id)] {
                let found = try await trial.exchange.orderList(OrderReference(trial.symbol, name))
                #expect(found.id == placed.id && found.clientId == trial.id() && found.legs == placed.legs && found.kind == .oco)
            }
            #expect(try await trial.exchange.openOrderLists().map(\.id) == [placed.id])
            #expect(try await trial.balance(trial.symbol.base).locked == trial.terms.quantity.value)
            #expect(try await trial.order("adn").list == placed.id)
        },
        ConformanceCase("C502", "an OCO's target fills and its stop is gone", [.list(.oco), .arranging(.price)]) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.arrange(.price(trial.terms.price(3)))
            #expect(try await trial.order("aup").status == .filled)
            #expect(try await trial.order("adn").endedUnfilled)
            #expect(try await trial.askList("a").get().status == .done)
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase("C503", "an OCO's stop triggers and its target is gone", [.list(.oco), .arranging(.price)]) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.arrange(.price(trial.terms.price(-3)))
            #expect(try await trial.order("adn").status == .filled)
            #expect(try await trial.order("aup").endedUnfilled)
            #expect(try await trial.askList("a").get().status == .done)
        },
        ConformanceCase("C504", "cancelling one leg of an OCO ends both", [.list(.oco)]) { (trial) async throws in
            for (label, leg) in [("a", "aup"), ("b", "bdn")] {
                _ = try await trial.submitPair(label).get()
                let canceled = try await trial.cancel(leg).get()
                #expect(canceled.clientId == trial.id(leg))
                #expect(try await trial.statuses(label + "up", label + "dn") == [.canceled, .canceled])
                #expect(try await trial.balance(trial.symbol.base).locked.isZero)
            }
        },
        ConformanceCase("C505", "cancelling a list ends all its legs, and a second cancel finds nothing", [.list(.oco)]) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            let reference = trial.reference("a")
            let canceled = try await trial.exchange.cancelList(reference, .protective)
            #expect(canceled.status == .done && canceled.clientId == trial.id())
            #expect(try await trial.statuses("aup", "adn") == [.canceled, .canceled])
            let again = await Result { () async throws(ExchangeError) in try await trial.exchange.cancelList(reference, .protective) }
            #expect(again.error?.reason == .unknownOrder)
        },
        ConformanceCase("C506", "a target that fills in part has lost its stop: the rest is unprotected", [.list(.oco), .arranging(.liquidity), .arranging(.price)]) { (trial) async throws in
            let terms = trial.terms
            _ = try await trial.submitPair("a").get()
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)), .price(terms.price(3)))
            let target = try await trial.order("aup")
            #expect(target.status == .partiallyFilled && target.executedQuantity == terms.part(30))
            #expect(try await trial.order("adn").endedUnfilled)
            #expect(try await trial.openOrders().allSatisfy { $0.trigger == nil }, "nothing sells the rest below")
            #expect(try await trial.balance(trial.symbol.base).locked == terms.part(70).value)
        },
        ConformanceCase("C507", "an OCO with both legs on one side of the market is refused as a whole", [.list(.oco)]) { (trial) async throws in
            let refused = await trial.submitList("a", trial.pair("a", target: 4, stop: 2))
            #expect(refused.error?.reason == .wouldTriggerImmediately)
            #expect(try await trial.openOrders().isEmpty)
            #expect(await trial.askList("a").error?.reason == .unknownOrder)
        },
        ConformanceCase("C508", "an OTO's second order sleeps until the first is filled completely", [.list(.oto), .arranging(.liquidity), .arranging(.price)]) { (trial) async throws in
            let terms = trial.terms
            let placed = try await trial.submitList("a", trial.entryWithStop("a")).get()
            #expect(placed.kind == .oto && placed.legs.count == 2)
            #expect(try await trial.statuses("ain", "adn") == [.new, .pendingNew])
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)), .price(terms.price(-2)))
            #expect(try await trial.statuses("ain", "adn") == [.partiallyFilled, .pendingNew], "the part that is bought is unprotected")
            try await trial.arrange(.usualLiquidity)
            #expect(try await trial.statuses("ain", "adn") == [.filled, .new])
            try await trial.arrange(.price(terms.price(-6)))
            #expect(try await trial.order("adn").status == .filled)
            #expect(try await trial.askList("a").get().status == .done)
        },
        ConformanceCase("C509", "a partly filled entry of an OTOCO that is cancelled leaves coins without stop or target",
                        [.list(.otoco), .arranging(.liquidity), .arranging(.price)]) { (trial) async throws in
            let terms = trial.terms
            #expect(try await trial.submitList("a", trial.entryWithPair("a")).get().kind == .otoco)
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)), .price(terms.price(-2)))
            #expect(try await trial.statuses("ain", "aup", "adn") == [.partiallyFilled, .pendingNew, .pendingNew])
            _ = try await trial.cancel("ain").get()
            let entry = try await trial.order("ain")
            #expect(entry.status == .canceled && entry.executedQuantity == terms.part(30))
            #expect(try await trial.order("aup").endedUnfilled)
            #expect(try await trial.order("adn").endedUnfilled)
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase("C510", "an OTOCO's pair stands once the entry is filled, and one of it ends the other", [.list(.otoco), .arranging(.price)]) { (trial) async throws in
            let terms = trial.terms
            _ = try await trial.submitList("a", trial.entryWithPair("a")).get()
            try await trial.arrange(.price(terms.price(-2)))
            #expect(try await trial.statuses("ain", "aup", "adn") == [.filled, .new, .new])
            try await trial.arrange(.price(terms.price(3)))
            #expect(try await trial.order("aup").status == .filled)
            #expect(try await trial.order("adn").endedUnfilled)
        },
        ConformanceCase("C511", "cancelling everything on an instrument takes lists with it, each leg told once", [.list(.oco), .type(.limit)]) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.place(.buy, .limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel), "b")
            let canceled = try await trial.exchange.cancelAll(trial.symbol, .protective)
            #expect(canceled.count == 3 && Set(canceled.map(\.clientId)) == [trial.id("aup"), trial.id("adn"), trial.id("b")])
            #expect(try await trial.exchange.openOrderLists().isEmpty)
        },
    ]
}
