// C3: answers that are lost or leave doubt. Nothing is ever sent twice: only asking by id ends a doubt.
import Kernel
import Ports
import Testing
import Trading

extension ConformanceCase {
    static let doubts: [ConformanceCase] = [
        ConformanceCase(
            "C301", "F015: an order whose answer is lost is in doubt, found by our id, and there once",
            [.type(.market), .arranging(.answerLost)]
        ) { (trial) async throws in
            try await trial.arrange(.answerLost(.submit))
            let answer = await trial.submit(.sell, .market(.base(trial.terms.quantity)))
            #expect(answer.error?.kind == "outcomeUnknown" && answer.error?.leavesOutcomeOpen == true)
            let order = try await trial.order()
            #expect(order.status == .filled && order.executedQuantity == trial.terms.quantity)
            #expect(try await trial.venue.books().taken(trial.id()) == 1)
        },
        ConformanceCase(
            "C302", "F015: an order lost on its way is in doubt, not found however often it is asked for, and nothing moved",
            [.type(.market), .arranging(.requestLost)]
        ) { (trial) async throws in
            let before = try await trial.exchange.account()
            try await trial.arrange(.requestLost(.submit))
            #expect(await trial.submit(.sell, .market(.base(trial.terms.quantity))).error?.kind == "outcomeUnknown")
            try await trial.expectAbsent()
            #expect(try await trial.exchange.account() == before)
        },
        ConformanceCase(
            "C303", "F018: a server's error leaves a new order in doubt, whether it was taken or not",
            [.type(.market), .arranging(.serverError)]
        ) { (trial) async throws in
            for (index, status) in [500, 502, 503, 504].enumerated() {
                for accepted in [false, true] {
                    let label = "\(index)" + (accepted ? "y" : "n")
                    try await trial.arrange(.serverError(.submit, status: status, accepted: accepted))
                    #expect(await trial.submit(.sell, .market(.base(trial.terms.part(50))), label).error?.kind == "outcomeUnknown", "\(status)")
                    if accepted { #expect(try await trial.order(label).status == .filled) } else { try await trial.expectAbsent(label) }
                    #expect(try await trial.venue.books().taken(trial.id(label)) == (accepted ? 1 : 0))
                }
            }
        },
        ConformanceCase(
            "C304", "F019: a server's error on a cancel leaves it in doubt, and the order tells",
            [.type(.limit), .arranging(.serverError)]
        ) { (trial) async throws in
            for (label, accepted) in [("a", false), ("b", true)] {
                try await trial.place(.buy, .limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel), label)
                try await trial.arrange(.serverError(.cancel, status: 503, accepted: accepted))
                #expect(await trial.cancel(label).error?.kind == "outcomeUnknown")
                #expect(try await trial.order(label).status == (accepted ? .canceled : .new))
            }
        },
        ConformanceCase(
            "C305", "a cancel whose answer is lost is in doubt, and the order tells",
            [.type(.limit), .arranging(.answerLost), .arranging(.requestLost)]
        ) { (trial) async throws in
            for (label, circumstance) in [("a", Circumstance.requestLost(.cancel)), ("b", .answerLost(.cancel))] {
                try await trial.place(.buy, .limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel), label)
                try await trial.arrange(circumstance)
                #expect(await trial.cancel(label).error?.kind == "outcomeUnknown")
                #expect(try await trial.order(label).status == (label == "b" ? .canceled : .new))
            }
        },
        ConformanceCase(
            "C306", "a list whose answer is lost is in doubt, found by our id, and there once",
            [.list(.oco), .arranging(.answerLost), .arranging(.requestLost)]
        ) { (trial) async throws in
            try await trial.arrange(.requestLost(.submitList))
            #expect(await trial.submitPair("a").error?.kind == "outcomeUnknown")
            #expect(await trial.askList("a").error?.reason == .unknownOrder)
            try await trial.arrange(.answerLost(.submitList))
            #expect(await trial.submitPair("b").error?.kind == "outcomeUnknown")
            #expect(try await trial.askList("b").get().status == .executing)
            #expect(try await trial.exchange.openOrderLists().map(\.clientId) == [trial.id("b")])
            #expect(try await trial.openOrders().count == 2)
        },
        ConformanceCase("C307", "a second order under the id of an open one is refused as a duplicate", [.type(.limit)]) { (trial) async throws in
            let kind = OrderKind.limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel)
            try await trial.place(.buy, kind)
            let again = await trial.submit(.buy, kind)
            #expect(again.error?.reason == .duplicateClientId || trial.exchange.capabilities.clientIds == .undocumented)
            #expect(try await trial.venue.books().taken(trial.id()) == 1)
        },
        ConformanceCase(
            "C308", "an id of a filled order is taken again or not, as the venue's capabilities say: why the engine asks first",
            [.type(.market)]
        ) { (trial) async throws in
            let kind = OrderKind.market(.base(trial.terms.quantity))
            #expect(try await trial.place(.sell, kind).status == .filled)
            let again = await trial.submit(.sell, kind), taken = try await trial.venue.books().taken(trial.id())
            switch trial.exchange.capabilities.clientIds {
            case .amongOpenOrders: #expect(again.value != nil && taken == 2, "it buys twice")
            case .forever: #expect(again.error?.reason == .duplicateClientId && taken == 1)
            case .undocumented: #expect((again.value == nil || again.value?.clientId == trial.id()) && taken >= 1)
            }
        },
        ConformanceCase("C309", "a venue that cannot be reached got nothing", [.type(.market), .arranging(.gone)], ending: .silent) {
            (trial) async throws in
            try await trial.arrange(.gone)
            #expect(await trial.submit(.sell, .market(.base(trial.terms.quantity))).error?.kind == "unavailable")
            #expect(await trial.ask().error?.kind == "unavailable")
            #expect(try await trial.venue.books().orders.isEmpty)
        },
        ConformanceCase(
            "C310", "F017: an order that is not found at first may still arrive, until its lifetime is over",
            [.type(.market), .arranging(.held)]
        ) { (trial) async throws in
            try await trial.arrange(.held(.submit))
            #expect(await trial.submit(.sell, .market(.base(trial.terms.quantity))).error?.kind == "outcomeUnknown")
            #expect(await trial.ask().error?.reason == .unknownOrder)
            try await trial.arrange(.heldArrives)
            #expect(try await trial.order().status == .filled)
            guard let lifetime = trial.exchange.capabilities.requestLifetime else { return }
            try await trial.arrange(.held(.submit))
            #expect(await trial.submit(.sell, .market(.base(trial.terms.quantity)), "b").error?.kind == "outcomeUnknown")
            try await trial.arrange(.passing(lifetime), .passing(TimeSpan(milliseconds: 1)), .heldArrives)
            try await trial.expectAbsent("b")
        }
    ]
}
