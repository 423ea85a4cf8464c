// C4: orders that wait for a price.
import Kernel
import Market
import Ports
import Testing
import Trading

extension ConformanceCase {
    static let triggers: [ConformanceCase] = [
        ConformanceCase("C401", "a stop-loss waits, triggers by the price, and sells at the market", [.type(.stopLoss), .arranging(.price)]) {
            (trial) async throws in
            let terms = trial.terms
            let placed = try await trial.place(.sell, .stopLoss(terms.quantity, trigger: terms.price(-2)))
            #expect(placed.status == .acknowledged || placed.status == .new)
            try await trial.arrange(.price(terms.price(-1)))
            let waiting = try await trial.order(type: .stopLoss)
            #expect(waiting.status == .new && waiting.trigger == terms.price(-2) && waiting.type == .stopLoss)
            try await trial.arrange(.price(terms.price(-3)))
            let sold = try await trial.order(type: .stopLoss)
            #expect(sold.status == .filled && sold.executedQuantity == terms.quantity && sold.averagePrice.map { $0 < terms.price(-2) } ?? true)
        },
        ConformanceCase(
            "C402", "F039: a stop with a limit that the price jumps over rests there unfilled",
            [.type(.stopLossLimit), .arranging(.price)]
        ) { (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .stopLossLimit(terms.quantity, trigger: terms.price(-2), price: terms.price(-3), .goodTillCancel))
            try await trial.arrange(.price(terms.price(-10)))
            let order = try await trial.order(type: .stopLossLimit)
            #expect(order.status == .new && order.executedQuantity.isZero)
            try await trial.arrange(.price(terms.price(-2)))
            #expect(try await trial.order(type: .stopLossLimit).status == .filled)
        },
        ConformanceCase("C403", "F035: a stop on the wrong side of the market is refused", [.type(.stopLoss)]) { (trial) async throws in
            let terms = trial.terms
            try await trial.expectRefusal(.sell, .stopLoss(terms.quantity, trigger: terms.price(2)), .wouldTriggerImmediately)
            try await trial.expectRefusal(.buy, .stopLoss(terms.quantity, trigger: terms.price(-2)), .wouldTriggerImmediately, "b")
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase("C404", "a take-profit triggers above the market and sells", [.type(.takeProfit), .arranging(.price)]) {
            (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .takeProfit(terms.quantity, trigger: terms.price(2)))
            try await trial.arrange(.price(terms.price(1)))
            #expect(try await trial.order(type: .takeProfit).status == .new)
            try await trial.arrange(.price(terms.price(3)))
            #expect(try await trial.order(type: .takeProfit).status == .filled)
        },
        ConformanceCase(
            "C405", "a resting stop locks what it sells: a second one over the same coins is refused",
            [.type(.stopLoss), .stopLock]
        ) { (trial) async throws in
            let terms = trial.terms, all = try await trial.balance(trial.symbol.base).free
            let kind = OrderKind.stopLoss(Quantity(all)!.flooredToLot(terms.lot), trigger: terms.price(-2))
            try await trial.place(.sell, kind)
            try await trial.expectRefusal(.sell, kind, .insufficientFunds, "b")
            _ = try await trial.cancel(type: .stopLoss).get()
            #expect(try await trial.balance(trial.symbol.base).free == all)
        },
        ConformanceCase("C406", "a stop whose cancel meets its trigger has sold", [.type(.stopLoss), .arranging(.before), .arranging(.price)]) {
            (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .stopLoss(terms.quantity, trigger: terms.price(-2)))
            try await trial.arrange(.before(.cancel, [.price(terms.price(-3))]))
            #expect(await trial.cancel(type: .stopLoss).error?.reason == .unknownOrder || trial.isReceipt)
            #expect(try await trial.order(type: .stopLoss).status == .filled)
        }
    ]
}
