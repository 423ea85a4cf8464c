// C5: orders that hang together, and what remains without protection where they come apart.
import Kernel
import Market
import Ports
import Testing
import Trading

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
            let canceled = try await trial.cancelList("a").get()
            #expect(canceled.status == .done && canceled.clientId == trial.id())
            #expect(try await trial.statuses("aup", "adn") == [.canceled, .canceled])
            #expect(await trial.cancelList("a").error?.reason == .unknownOrder)
        },
        ConformanceCase(
            "C506", "a target that fills in part has lost its stop: the rest is unprotected",
            [.list(.oco), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
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
        ConformanceCase(
            "C508", "an OTO's second order sleeps until the first is filled completely",
            [.list(.oto), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
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
        ConformanceCase(
            "C509", "a partly filled entry of an OTOCO that is cancelled leaves coins without stop or target",
            [.list(.otoco), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
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
        ConformanceCase(
            "C510", "an OTOCO's pair stands once the entry is filled, and one of it ends the other",
            [.list(.otoco), .arranging(.price)]
        ) { (trial) async throws in
            let terms = trial.terms
            _ = try await trial.submitList("a", trial.entryWithPair("a")).get()
            try await trial.arrange(.price(terms.price(-2)))
            #expect(try await trial.statuses("ain", "aup", "adn") == [.filled, .new, .new])
            try await trial.arrange(.price(terms.price(3)))
            #expect(try await trial.order("aup").status == .filled)
            #expect(try await trial.order("adn").endedUnfilled)
        },
        ConformanceCase("C511", "cancelling everything on an instrument takes lists with it, each leg told once", [.list(.oco), .type(.limit)]) {
            (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.place(.buy, .limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel), "b")
            let canceled = try await trial.exchange.cancelAll(trial.symbol, .protective)
            #expect(canceled.count == 3 && Set(canceled.map(\.clientId)) == [trial.id("aup"), trial.id("adn"), trial.id("b")])
            #expect(try await trial.exchange.openOrderLists().isEmpty)
        },
        ConformanceCase("C512", "a second list under the id of one that stands is refused as a duplicate", [.list(.oco)]) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            let again = await trial.submitList("a", trial.pair("b"))
            #expect(again.error?.reason == .duplicateClientId || trial.exchange.capabilities.clientIds == .undocumented)
            #expect(try await trial.openOrders().count == 2)
        },
        ConformanceCase(
            "C513", "F037: a target that fills while its list's cancel is on the way leaves nothing to cancel",
            [.list(.oco), .arranging(.before), .arranging(.price)]
        ) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.arrange(.before(.cancelList, [.price(trial.terms.price(3))]))
            #expect(await trial.cancelList("a").error?.reason == .unknownOrder || trial.isReceipt)
            #expect(try await trial.order("aup").status == .filled)
            #expect(try await trial.order("adn").endedUnfilled)
        },
        ConformanceCase(
            "C514", "F019: a list's cancel whose answer is lost is in doubt, and the legs tell",
            [.list(.oco), .arranging(.answerLost), .arranging(.requestLost)]
        ) { (trial) async throws in
            for (label, circumstance) in [("a", Circumstance.requestLost(.cancelList)), ("b", .answerLost(.cancelList))] {
                _ = try await trial.submitPair(label).get()
                try await trial.arrange(circumstance)
                #expect(await trial.cancelList(label).error?.kind == "outcomeUnknown")
                #expect(try await trial.askList(label).get().status == (label == "a" ? .executing : .done))
                #expect(try await trial.order(label + "dn").status == (label == "a" ? .new : .canceled))
            }
        },
        ConformanceCase(
            "C515", "F038: a list whose state lags behind is told by its legs",
            [.list(.oco), .arranging(.price), .arranging(.malformed)]
        ) { (trial) async throws in
            _ = try await trial.submitPair("a").get()
            try await trial.arrange(.price(trial.terms.price(3)), .laggingList)
            #expect(try await trial.askList("a").get().status == .executing)
            #expect(try await trial.order("aup").status == .filled)
            #expect(try await trial.askList("a").get().status == .done)
        },
        ConformanceCase(
            "C516", "the smallest leg binds: an OCO whose stop is worth too little is refused as a whole",
            [.list(.oco), .arranging(.rules)]
        ) { (trial) async throws in
            let least = trial.terms.quantity.value.times(trial.terms.price.value, rounding: .down)
            try await trial.arrange(.rules { $0.notional?.minimum = least })
            #expect(await trial.submitPair("a").error?.reason == .filter(.notional))
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase(
            "C517", "F049: an answer about another list is none: after sending it leaves the list in doubt",
            [.list(.oco), .arranging(.malformed)]
        ) { (trial) async throws in
            try await trial.arrange(.otherClientId(.submitList, trial.id()))
            #expect(await trial.submitPair("a").error?.leavesOutcomeOpen == true)
            try await trial.arrange(.otherClientId(.askList, trial.id()))
            #expect(await trial.askList("a").error?.kind == "malformed")
            #expect(try await trial.askList("a").get().status == .executing)
            try await trial.arrange(.otherClientId(.cancelList, trial.id()))
            #expect(await trial.cancelList("a").error?.leavesOutcomeOpen == true)
            #expect(try await trial.askList("a").get().status == .done)
        }
    ]
}
