// CA: executions and their fees.
import Kernel
import Market
import Ports
import Testing
import Trading

extension Trial {
    /// Three executions of one order.
    func sellInParts() async throws {
        try await place(.sell, .limit(terms.quantity, price: terms.price(1), .goodTillCancel))
        try await arrange(.liquidity(levels: 1, each: terms.part(30)))
        for _ in 0..<3 { try await arrange(.passing(.seconds(60)), .price(terms.price(2))) }
    }
}

extension ConformanceCase {
    static let executions: [ConformanceCase] = [
        ConformanceCase(
            "CA01", "F034: fees are told with each execution, of a buy and of a sell, and are what the account says they are",
            [.type(.market), .baseBuy, .trades]
        ) { (trial) async throws in
            let share = try await trial.exchange.account().takerFee
            for (label, side) in [("a", Side.buy), ("b", .sell)] {
                try await trial.place(side, .market(.base(trial.terms.quantity)), label)
                let trades = try await trial.fills(label)
                #expect(!trades.isEmpty && trades.quantity == trial.terms.quantity.value && trades.allSatisfy { $0.side == side })
                for trade in trades {
                    let basis =
                        trade.fee.currency == trial.symbol.base
                        ? trade.quantity.value : trade.quantity.value.times(trade.price.value, rounding: .down)
                    #expect([trial.symbol.base, trial.symbol.quote].contains(trade.fee.currency))
                    guard let share else { continue }
                    #expect((trade.fee.amount - basis.times(share.value, rounding: .up)).magnitude <= "0.00000001")
                }
            }
        },
        ConformanceCase("CA02", "an order's own executions and the list's are the same", [.type(.market), .trades]) { (trial) async throws in
            let order = try await trial.place(.sell, .market(.base(trial.terms.quantity)))
            let listed = try await trial.fills()
            #expect(listed.quantity == order.executedQuantity.value && order.executedQuote.map { $0 == listed.notional } ?? true)
            guard !order.trades.isEmpty else { return }
            #expect(
                order.trades.map(\.id) == listed.map(\.id) && order.trades.map(\.fee) == listed.map(\.fee)
                    && order.trades.map(\.quantity) == listed.map(\.quantity))
        },
        ConformanceCase(
            "CA03", "F034: a fee in a third asset is told in that asset, and taken from it",
            [.type(.market), .baseBuy, .trades, .arranging(.feeAsset)]
        ) { (trial) async throws in
            let third = Currency("BNB")!, held = FixedDecimal(10)
            try await trial.arrange(.feeAsset(third, held))
            let order = try await trial.place(.buy, .market(.base(trial.terms.quantity)))
            let trades = try await trial.fills()
            #expect(!trades.isEmpty && (trades + order.trades).allSatisfy { $0.fee.currency == third && $0.fee.amount.isPositive })
            #expect(try await trial.balance(third).total == trades.reduce(held) { $0 - $1.fee.amount })
            #expect(trades.reduce(FixedDecimal.zero) { $0 + $1.effect(on: trial.symbol.base) } == order.executedQuantity.value)
        },
        ConformanceCase(
            "CA04", "F028, F029: executions told twice or backwards are, counted once by id, the same",
            [.type(.limit), .trades, .arranging(.distortedTrades), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
            try await trial.sellInParts()
            let trades = try await trial.fills()
            #expect(trades.count == 3 && Set(trades.map(\.id)).count == 3)
            try await trial.arrange(.doubledTrades)
            #expect(try await trial.fills() == trades)
            try await trial.arrange(.reversedTrades)
            #expect(try await trial.fills() == trades)
        },
        ConformanceCase(
            "CA05", "F030: an execution that is missing from the list shows against the order's figures",
            [.type(.limit), .trades, .arranging(.distortedTrades), .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
            try await trial.sellInParts()
            try await trial.arrange(.missingTrade)
            #expect(try await trial.fills().quantity < trial.order().executedQuantity.value)
            #expect(try await trial.fills().quantity == trial.order().executedQuantity.value)
        },
        ConformanceCase(
            "CA06", "executions since a moment are those, oldest first",
            [.type(.limit), .trades, .arranging(.liquidity), .arranging(.price)]
        ) { (trial) async throws in
            try await trial.sellInParts()
            let all = try await trial.exchange.fills(trial.symbol, of: nil, since: nil)
            #expect(all.count == 3 && all.map(\.time) == all.map(\.time).sorted { ($0?.milliseconds ?? 0) < ($1?.milliseconds ?? 0) })
            #expect(try await trial.exchange.fills(trial.symbol, of: nil, since: all[1].time) == Array(all.dropFirst()))
        },
        ConformanceCase(
            "CA07", "a resting order's execution is told as a maker's, a market order's as a taker's",
            [.type(.limit), .type(.market), .trades, .arranging(.price)]
        ) { (trial) async throws in
            try await trial.place(.sell, trial.limit(at: 1))
            try await trial.arrange(.price(trial.terms.price(2)))
            try await trial.place(.sell, .market(.base(trial.terms.quantity)), "b")
            #expect(try await trial.fills("a").allSatisfy { $0.isMaker != false })
            #expect(try await trial.fills("b").allSatisfy { $0.isMaker != true })
        }
    ]
}
