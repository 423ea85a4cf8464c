// C6: dust and filters. Our own check and the venue agree, the refusal names the rule, and nothing is placed.
import Kernel
import Market
import Ports
import Testing
import Trading

extension Trial {
    /// An order that our rules and the venue refuse for the same reason.
    func expectRefused(_ side: Side, _ kind: OrderKind, _ filter: InstrumentFilter, _ label: String = "a") async throws {
        let own = try await rules().violation(side, kind, average: terms.price)
        #expect(own == filter, "our own check")
        try await expectVenueRefuses(side, kind, filter, label)
    }
    /// Of a rule that counts what the account has open, which our own check cannot know.
    func expectVenueRefuses(_ side: Side, _ kind: OrderKind, _ filter: InstrumentFilter, _ label: String = "a") async throws {
        let open = try await openOrders().count
        try await expectRefusal(side, kind, .filter(filter), label)
        #expect(try await openOrders().count == open)
    }
    func limit(_ quantity: Quantity? = nil, at percent: Int = -2) -> OrderKind {
        .limit(quantity ?? terms.quantity, price: terms.price(percent), .goodTillCancel)
    }
}

extension ConformanceCase {
    static let amounts: [ConformanceCase] = [
        ConformanceCase(
            "C601", "F041: what a fee in base leaves is no whole lot: sold down to the lot, the rest stays as dust",
            [.type(.market), .baseBuy]
        ) { (trial) async throws in
            let terms = trial.terms, before = try await trial.balance(trial.symbol.base).total
            let bought = Quantity(terms.quantity.value + terms.lot.times(FixedDecimal(3), rounding: .nearest))!
            try await trial.place(.buy, .market(.base(bought)))
            let received = Quantity(try await trial.balance(trial.symbol.base).total - before)!
            guard received < bought else { return }
            try await trial.expectRefused(.sell, .market(.base(received)), .lot, "b")
            let sold = received.flooredToLot(terms.lot)
            #expect(try await trial.place(.sell, .market(.base(sold)), "c").executedQuantity == sold)
            #expect(try await trial.balance(trial.symbol.base).total == before + received.value - sold.value)
        },
        ConformanceCase("C602", "F041: less than the smallest notional cannot be sold, and a lot less than nothing neither", [.type(.market)]) {
            (trial) async throws in
            let terms = trial.terms, rules = try await trial.rules()
            let half = (rules.notional?.minimum ?? .zero).divided(by: terms.price.value, rounding: .down).times("0.5", rounding: .down)
            let dust = Quantity(half)!.flooredToLot(terms.lot)
            try #require(!dust.isZero)
            try await trial.expectRefused(.sell, .market(.base(dust)), .notional)
            try await trial.expectRefused(.sell, .market(.base(Quantity(terms.lot.times("0.5", rounding: .down))!)), .lot, "b")
        },
        ConformanceCase("C603", "a price off the grid", [.type(.limit)]) { (trial) async throws in
            let price = Price(trial.terms.price(-2).value + trial.terms.tick.times("0.5", rounding: .down))!
            try await trial.expectRefused(.buy, .limit(trial.terms.quantity, price: price, .goodTillCancel), .price)
        },
        ConformanceCase("C604", "a quantity off the grid", [.type(.limit)]) { (trial) async throws in
            try await trial.expectRefused(
                .buy, trial.limit(Quantity(trial.terms.quantity.value + trial.terms.lot.times("0.5", rounding: .down))!), .lot)
        },
        ConformanceCase(
            "C605", "a market order above its own largest lot, which a limit order may have",
            [.type(.market), .type(.limit), .arranging(.rules)]
        ) { (trial) async throws in
            let half = trial.terms.part(50).value
            try await trial.arrange(.rules { $0.marketLot.maximum = half })
            try await trial.expectRefused(.sell, .market(.base(trial.terms.quantity)), .marketLot)
            try await trial.place(.buy, trial.limit(), "b")
        },
        ConformanceCase(
            "C606", "an order below the smallest notional at its own price, not at the market's",
            [.type(.limit), .arranging(.rules)]
        ) { (trial) async throws in
            let least = trial.terms.quantity.value.times(trial.terms.price(-1).value, rounding: .down)
            try await trial.arrange(.rules { $0.notional?.minimum = least })
            try await trial.expectRefused(.buy, trial.limit(), .notional)
            try await trial.place(.buy, trial.limit(at: -1), "b")
        },
        ConformanceCase("C607", "a price too far from the average", [.type(.limit), .arranging(.rules)]) { (trial) async throws in
            try await trial.arrange(
                .rules { $0.percentPrice = InstrumentRules.PercentPrice(bidUp: "1.2", bidDown: "0.8", askUp: "1.2", askDown: "0.8") })
            let bySide = try await trial.rules().percentPriceBySide
            try await trial.expectRefused(.buy, trial.limit(at: -30), bySide ? .percentPriceBySide : .percentPrice)
            try await trial.expectRefused(.sell, trial.limit(at: 30), bySide ? .percentPriceBySide : .percentPrice, "b")
            try await trial.place(.buy, trial.limit(at: -10), "c")
        },
        ConformanceCase("C608", "more open orders than an instrument may have", [.type(.limit), .arranging(.rules)]) { (trial) async throws in
            try await trial.arrange(.rules { $0.maximumOrders = 1 })
            #expect(try await trial.rules().maximumOrders == 1)
            try await trial.place(.buy, trial.limit())
            try await trial.expectVenueRefuses(.buy, trial.limit(at: -3), .maximumOrders, "b")
        },
        ConformanceCase("C609", "more orders with a trigger than an instrument may have", [.type(.stopLoss), .arranging(.rules)]) {
            (trial) async throws in
            let terms = trial.terms
            try await trial.arrange(.rules { $0.maximumAlgoOrders = 1 })
            #expect(try await trial.rules().maximumAlgoOrders == 1)
            try await trial.place(.sell, .stopLoss(terms.quantity, trigger: terms.price(-2)))
            try await trial.expectVenueRefuses(.sell, .stopLoss(terms.quantity, trigger: terms.price(-3)), .maximumAlgoOrders, "b")
        },
        ConformanceCase("C610", "more lists than an instrument may have", [.list(.oco), .arranging(.rules)]) { (trial) async throws in
            try await trial.arrange(.rules { $0.maximumOrderLists = 1 })
            #expect(try await trial.rules().maximumOrderLists == 1)
            _ = try await trial.submitPair("a").get()
            #expect(await trial.submitPair("b").error?.reason == .filter(.maximumOrderLists))
            #expect(try await trial.openOrders().count == 2)
        },
        ConformanceCase("C611", "more coins than an account may own, open buys included", [.type(.limit), .arranging(.rules)]) {
            (trial) async throws in
            let most = try await trial.balance(trial.symbol.base).total + trial.terms.quantity.value
            try await trial.arrange(.rules { $0.maximumPosition = most })
            #expect(try await trial.rules().maximumPosition == most)
            try await trial.place(.buy, trial.limit())
            try await trial.expectVenueRefuses(.buy, trial.limit(at: -3), .maximumPosition, "b")
        },
        ConformanceCase("C612", "quantities and prices beyond their bounds", [.type(.limit), .arranging(.rules)]) { (trial) async throws in
            let terms = trial.terms, rules = try await trial.rules()
            try await trial.arrange(.rules { ($0.lot.minimum, $0.lot.maximum) = (terms.part(90).value, terms.quantity.value) })
            try await trial.expectRefused(.buy, trial.limit(terms.part(80)), .lot, "a")
            try await trial.expectRefused(.buy, trial.limit(Quantity(terms.quantity.value + terms.lot)), .lot, "b")
            try await trial.arrange(
                .rules { [old = rules] in
                    ($0.lot, $0.price.minimum, $0.price.maximum) = (old.lot, terms.price(-3).value, terms.price(3).value)
                })
            try await trial.expectRefused(.buy, trial.limit(at: -4), .price, "c")
            try await trial.expectRefused(.sell, trial.limit(at: 4), .price, "d")
            try await trial.place(.buy, trial.limit(at: -3), "e")
        },
        ConformanceCase("C613", "an order above the largest notional", [.type(.limit), .arranging(.rules)]) { (trial) async throws in
            let most = trial.terms.quantity.value.times(trial.terms.price(-3).value, rounding: .down)
            try await trial.arrange(.rules { $0.notional?.maximum = most })
            try await trial.expectRefused(.buy, trial.limit(), .notional)
            try await trial.place(.buy, trial.limit(at: -3), "b")
        },
        ConformanceCase("C614", "a market buy for less than the smallest notional is refused, and nothing spent", [.type(.market), .quoteBuy]) {
            (trial) async throws in
            let least = try await trial.rules().notional?.minimum ?? .zero
            try await trial.expectRefused(.buy, .market(.quote(least.times("0.9", rounding: .down))), .notional)
        }
    ]
}
