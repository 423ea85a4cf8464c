// CB: two results of one request. CC: a venue that changes, and a person at the same account.
import Kernel
import Market
import Ports
import Testing
import Trading

extension Trial {
    func replace(_ old: String, by new: String, _ kind: OrderKind) async -> Result<ReplaceOutcome, ExchangeError> {
        let reference = reference(old), request = request(.buy, kind, new)
        return await Result { () async throws(ExchangeError) in try await exchange.replace(reference, with: request, .protective) }
    }
}

extension ConformanceCase {
    static let replacing: [ConformanceCase] = [
        ConformanceCase("CB01", "a replacement cancels one order and places another", [.type(.limit), .replacing]) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            let outcome = try await trial.replace("a", by: "b", trial.limit(at: -3)).get()
            #expect(outcome.cancel.value?.clientId == trial.id() && outcome.placement?.value?.clientId == trial.id("b"))
            #expect(try await trial.statuses("a", "b") == [.canceled, .new])
            #expect(try await trial.openOrders().map(\.clientId) == [trial.id("b")])
        },
        ConformanceCase(
            "CB02", "F024: where the cancel fails nothing is placed",
            [.type(.limit), .replacing, .arranging(.before), .arranging(.price)]
        ) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(.before(.replace, [.price(trial.terms.price(-3))]))
            let outcome = try await trial.replace("a", by: "b", trial.limit(at: -5)).get()
            #expect(outcome.cancel.error?.reason == .unknownOrder && outcome.placement?.value == nil)
            #expect(try await trial.order("a").status == .filled)
            try await trial.expectAbsent("b")
        },
        ConformanceCase(
            "CB03", "F024: where the placement fails the old order is gone all the same: nothing is there",
            [.type(.limit), .replacing]
        ) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            let off = Price(trial.terms.price(-3).value + trial.terms.tick.times("0.5", rounding: .down))!
            let outcome = try await trial.replace("a", by: "b", .limit(trial.terms.quantity, price: off, .goodTillCancel)).get()
            #expect(outcome.cancel.value?.clientId == trial.id())
            #expect(try await trial.order("a").status == .canceled)
            #expect(outcome.placement?.error?.reason == .filter(.price))
            #expect(try await trial.openOrders().isEmpty)
            try await trial.expectAbsent("b")
        },
        ConformanceCase(
            "CB04", "F015: a replacement whose answer is lost is in doubt as a whole, and both orders tell",
            [.type(.limit), .replacing, .arranging(.answerLost), .arranging(.requestLost)]
        ) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(.requestLost(.replace))
            #expect(await trial.replace("a", by: "b", trial.limit(at: -3)).error?.kind == "outcomeUnknown")
            #expect(try await trial.order("a").status == .new)
            try await trial.expectAbsent("b")
            try await trial.arrange(.answerLost(.replace))
            #expect(await trial.replace("a", by: "c", trial.limit(at: -3)).error?.kind == "outcomeUnknown")
            #expect(try await trial.statuses("a", "c") == [.canceled, .new])
        }
    ]

    static let changes: [ConformanceCase] = [
        ConformanceCase("CC01", "F043: a halted instrument takes no order, but cancels", [.type(.limit), .arranging(.rules)]) {
            (trial) async throws in
            try await trial.place(.buy, trial.limit())
            for (label, status) in [("b", InstrumentRules.Status.halted), ("c", .cancelOnly)] {
                try await trial.arrange(.status(status))
                try await trial.expectRefusal(.buy, trial.limit(), .marketClosed, label)
                #expect(try await trial.rules().status == status)
            }
            _ = try await trial.cancel().get()
            try await trial.arrange(.status(.trading))
            try await trial.place(.buy, trial.limit(), "d")
        },
        ConformanceCase(
            "CC02", "F042: a grid that changed under us refuses what our old rules take, by its name; the new rules say so too",
            [.type(.limit), .arranging(.rules)]
        ) { (trial) async throws in
            let old = try await trial.rules(), lot = trial.terms.lot
            let odd = OrderKind.limit(Quantity(trial.terms.quantity.value + lot)!, price: trial.terms.price(-2), .goodTillCancel)
            let tenfold = lot.times(FixedDecimal(10), rounding: .nearest)
            try await trial.arrange(.rules { ($0.lot.step, $0.lot.minimum) = (tenfold, tenfold) })
            #expect(old.violation(.buy, odd, average: trial.terms.price) == nil)
            try await trial.expectRefused(.buy, odd, .lot)
            try await trial.place(.buy, trial.limit(), "b")
        },
        ConformanceCase(
            "CC03", "F046: an order a person placed on the account is among the open ones, and is nobody's we know",
            [.type(.limit), .arranging(.person)]
        ) { (trial) async throws in
            let hand = ClientOrderId("web_1")!
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(.orderByHand(hand, trial.terms.quantity, trial.terms.price(-4)))
            for symbol in [trial.symbol, nil] {
                let open = try await trial.exchange.openOrders(symbol)
                #expect(
                    open.orders.count == 2 && open.orders.contains { $0.clientId == trial.id() }
                        && open.orders.contains { $0.clientId == hand || $0.clientId == nil })
            }
        },
        ConformanceCase(
            "CC04", "F045: money a person took away is missing from the account, and refuses what it would have paid",
            [.type(.limit), .arranging(.person)], ending: .withoutFold
        ) { (trial) async throws in
            let money = try await trial.balance(trial.symbol.quote).free - FixedDecimal(1)
            try await trial.arrange(.withdrawn(money, trial.symbol.quote))
            #expect(try await trial.balance(trial.symbol.quote).free == FixedDecimal(1))
            try await trial.expectRefusal(.buy, trial.limit(), .insufficientFunds)
        }
    ]
}
