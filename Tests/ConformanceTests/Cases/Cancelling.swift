// C2: cancels, and what happens while they are on their way.
import Kernel
import Market
import Ports
import Testing
import Trading

extension ConformanceCase {
    static let cancelling: [ConformanceCase] = [
        ConformanceCase("C201", "a cancelled order is canceled, and its money is free again", [.type(.limit)]) { (trial) async throws in
            let before = try await trial.exchange.account(), terms = trial.terms
            try await trial.place(.buy, .limit(terms.quantity, price: terms.price(-2), .goodTillCancel))
            #expect(try await trial.exchange.account() != before)
            _ = try await trial.cancel().get()
            let order = try await trial.order()
            #expect(order.status == .canceled && order.clientId == trial.id() && order.executedQuantity.isZero)
            #expect(try await trial.exchange.account() == before)
            #expect(await trial.cancel().error?.reason == .unknownOrder)
        },
        ConformanceCase(
            "C202", "an order that fills while its cancel is on the way is not canceled: asked, it is filled",
            [.type(.limit), .arranging(.before), .arranging(.price)]
        ) { (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .limit(terms.quantity, price: terms.price(1), .goodTillCancel))
            try await trial.arrange(.before(.cancel, [.price(terms.price(2))]))
            let answer = await trial.cancel()
            #expect(answer.error?.reason == .unknownOrder || trial.isReceipt)
            let order = try await trial.order()
            #expect(order.status == .filled && order.executedQuantity == terms.quantity)
        },
        ConformanceCase(
            "C203", "fills before a cancel count, and the rest is free again",
            [.type(.limit), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .limit(terms.quantity, price: terms.price(1), .goodTillCancel))
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)), .price(terms.price(2)))
            #expect(try await trial.order().status == .partiallyFilled)
            _ = try await trial.cancel().get()
            let order = try await trial.order()
            #expect(order.status == .canceled && order.executedQuantity == terms.part(30) && order.quantity == terms.quantity)
            #expect(try await trial.balance(trial.symbol.base).locked.isZero)
        },
        ConformanceCase(
            "C204", "fills that came while the cancel was on its way are in its answer or found by asking",
            [.type(.limit), .arranging(.before), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .limit(terms.quantity, price: terms.price(1), .goodTillCancel))
            try await trial.arrange(.before(.cancel, [.liquidity(levels: 1, each: terms.part(30)), .price(terms.price(2))]))
            let answer = try await trial.cancel().get()
            #expect(answer.executedQuantity == terms.part(30) || trial.isReceipt)
            #expect(try await trial.order().executedQuantity == terms.part(30))
        },
        ConformanceCase("C205", "cancelling everything tells what was cancelled, and nothing open is an empty list", [.type(.limit)]) {
            (trial) async throws in
            let terms = trial.terms
            #expect(try await trial.exchange.cancelAll(trial.symbol, .protective).isEmpty)
            try await trial.place(.buy, .limit(terms.quantity, price: terms.price(-2), .goodTillCancel))
            try await trial.place(.sell, .limit(terms.quantity, price: terms.price(2), .goodTillCancel), "b")
            let canceled = try await trial.exchange.cancelAll(trial.symbol, .protective)
            #expect(Set(canceled.map(\.clientId)) == [trial.id(), trial.id("b")])
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase("C206", "a cancel of an order that never was is an unknown order") { (trial) async throws in
            #expect(await trial.cancel().error?.reason == .unknownOrder)
            #expect(await trial.ask().error?.reason == .unknownOrder)
        },
        ConformanceCase("C207", "an order is cancelled by the venue's id as well", [.type(.limit)]) { (trial) async throws in
            let placed = try await trial.place(.buy, .limit(trial.terms.quantity, price: trial.terms.price(-2), .goodTillCancel))
            let canceled = try await trial.exchange.cancel(OrderReference(trial.symbol, .venue(placed.id), type: .limit), .protective)
            #expect(canceled.id == placed.id)
            #expect(try await trial.order().status == .canceled)
        }
    ]
}
