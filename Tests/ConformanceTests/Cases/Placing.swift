// C1: orders from placing to their fills.
import Kernel
import Market
import Ports
import Testing
import Trading

extension ConformanceCase {
    static let placing: [ConformanceCase] = [
        ConformanceCase("C101", "a resting limit order is found by our id and by the venue's", [.type(.limit)]) { (trial) async throws in
            let terms = trial.terms
            let placed = try await trial.place(.buy, .limit(terms.quantity, price: terms.price(-2), .goodTillCancel))
            #expect(placed.status == .new && placed.clientId == trial.id() && placed.executedQuantity.isZero)
            for name in [OrderReference.Name.client(trial.id()), .venue(placed.id)] {
                let found = try await trial.exchange.order(OrderReference(trial.symbol, name, type: .limit))
                #expect(found.id == placed.id && found.clientId == trial.id() && found.status == .new && found.side == .buy && found.type == .limit)
                #expect(found.quantity == terms.quantity && found.price == terms.price(-2))
            }
            let locked = terms.quantity.value.times(terms.price(-2).value, rounding: .up)
            #expect(try await trial.balance(trial.symbol.quote).locked >= locked)
        },
        ConformanceCase(
            "C102", "a limit order fills in parts, and its figures are cumulative",
            [.type(.limit), .arranging(.price), .arranging(.liquidity)]
        ) { (trial) async throws in
            let terms = trial.terms
            try await trial.place(.buy, .limit(terms.quantity, price: terms.price(-1), .goodTillCancel))
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)))
            for part in [30, 60, 90] {
                try await trial.arrange(.price(terms.price(-2)))
                let order = try await trial.order()
                #expect(order.status == .partiallyFilled && order.executedQuantity == terms.part(part))
                #expect(order.executedQuote.map { $0 <= terms.part(part).value.times(terms.price(-1).value, rounding: .up) } ?? true)
                guard trial.exchange.capabilities.listsTrades else { continue }
                let trades = try await trial.fills()
                #expect(trades.quantity == terms.part(part).value && order.executedQuote.map { $0 == trades.notional } ?? true)
            }
        },
        ConformanceCase("C103", "a limit order that fills completely leaves nothing locked", [.type(.limit), .arranging(.price)]) {
            (trial) async throws in
            let terms = trial.terms
            try await trial.place(.sell, .limit(terms.quantity, price: terms.price(2), .goodTillCancel))
            try await trial.arrange(.price(terms.price(3)))
            let order = try await trial.order()
            #expect(order.status == .filled && order.executedQuantity == terms.quantity)
            #expect(order.averagePrice.map { $0 >= terms.price(2) } ?? true)
            #expect(try await trial.balance(trial.symbol.base).locked.isZero)
            #expect(try await trial.openOrders().isEmpty)
        },
        ConformanceCase(
            "C104", "a market buy by quote amount spends at most that, and brings what was executed less a fee in base",
            [.type(.market), .quoteBuy]
        ) { (trial) async throws in
            let terms = trial.terms, amount = terms.quantity.value.times(terms.price.value, rounding: .up)
            let before = try await trial.exchange.account()
            let order = try await trial.place(.buy, .market(.quote(amount)))
            #expect(order.status.isFinal && !order.executedQuantity.isZero)
            #expect(order.executedQuote.map { $0 <= amount && $0.isPositive } ?? true)
            let spent = try await before.balance(of: trial.symbol.quote)!.total - trial.balance(trial.symbol.quote).total
            #expect(spent.isPositive && spent <= amount)
            let received = try await trial.balance(trial.symbol.base).total - before.balance(of: trial.symbol.base)!.total
            #expect(try await received == order.executedQuantity.value - trial.fees(in: trial.symbol.base))
        },
        ConformanceCase(
            "C105", "a market buy by quantity executes just that, and what comes is less by the fee in base",
            [.type(.market), .baseBuy]
        ) { (trial) async throws in
            let before = try await trial.balance(trial.symbol.base).total
            let order = try await trial.place(.buy, .market(.base(trial.terms.quantity)))
            #expect(order.status == .filled && order.executedQuantity == trial.terms.quantity && order.side == .buy)
            #expect(try await trial.balance(trial.symbol.base).total - before == trial.terms.quantity.value - trial.fees(in: trial.symbol.base))
        },
        ConformanceCase("C106", "a market sell brings what was executed less its fee, and takes just the quantity", [.type(.market)]) {
            (trial) async throws in
            let before = try await trial.exchange.account()
            let order = try await trial.place(.sell, .market(.base(trial.terms.quantity)))
            #expect(order.status == .filled && order.executedQuantity == trial.terms.quantity && order.side == .sell)
            #expect(try await before.balance(of: trial.symbol.base)!.total - trial.balance(trial.symbol.base).total == trial.terms.quantity.value)
            let gained = try await trial.balance(trial.symbol.quote).total - before.balance(of: trial.symbol.quote)!.total
            #expect(gained.isPositive && order.executedQuote.map { gained <= $0 } ?? true)
        },
        ConformanceCase("C107", "immediate-or-cancel takes what is there and ends", [.type(.limit), .arranging(.liquidity)]) { (trial) async throws in
            let terms = trial.terms
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)))
            let order = try await trial.place(.buy, .limit(terms.quantity, price: terms.price(1), .immediateOrCancel))
            #expect(order.status.isFinal && order.executedQuantity == terms.part(30))
            #expect(try await trial.balance(trial.symbol.quote).locked.isZero)
        },
        ConformanceCase("C108", "fill-or-kill takes all or nothing", [.type(.limit), .arranging(.liquidity)]) { (trial) async throws in
            let terms = trial.terms
            try await trial.arrange(.liquidity(levels: 1, each: terms.part(30)))
            let none = try await trial.place(.buy, .limit(terms.quantity, price: terms.price(1), .fillOrKill))
            #expect(none.endedUnfilled)
            let all = try await trial.place(.buy, .limit(terms.part(20), price: terms.price(1), .fillOrKill), "b")
            #expect(all.status == .filled && all.executedQuantity == terms.part(20))
        },
        ConformanceCase("C109", "a post-only order that would trade is refused untouched, one behind the market rests", [.type(.limitMaker)]) {
            (trial) async throws in
            let terms = trial.terms
            try await trial.expectRefusal(.buy, .limitMaker(terms.quantity, price: terms.price(1)), .wouldMatchImmediately)
            #expect(try await trial.openOrders().isEmpty)
            #expect(try await trial.place(.buy, .limitMaker(terms.quantity, price: terms.price(-1)), "b").status == .new)
        },
        ConformanceCase("C110", "what the account cannot pay is refused and nothing moves", [.type(.market), .baseBuy]) { (trial) async throws in
            let before = try await trial.exchange.account(), terms = trial.terms
            let coins = Quantity(before.balance(of: trial.symbol.base)!.total + terms.quantity.value)!
            try await trial.expectRefusal(.sell, .market(.base(coins)), .insufficientFunds)
            let money = before.balance(of: trial.symbol.quote)!.total.divided(by: terms.price.value, rounding: .up)
            try await trial.expectRefusal(.buy, .market(.base((Quantity(money)! + terms.quantity).flooredToLot(terms.lot))), .insufficientFunds, "b")
            #expect(try await trial.exchange.account() == before)
        },
        ConformanceCase("C111", "a market order that finds nobody ends unfilled", [.type(.market), .arranging(.liquidity)]) { (trial) async throws in
            try await trial.arrange(.liquidity(levels: 0, each: .zero))
            switch await trial.submit(.sell, .market(.base(trial.terms.quantity))) {
            case .failure(let error): #expect(error.reason != nil)
            case .success: #expect(try await trial.order().endedUnfilled)
            }
        },
        ConformanceCase("C112", "a symbol the venue does not have is refused by name", [.type(.market)]) { (trial) async throws in
            let request = OrderRequest(
                id: trial.id(), symbol: Symbol("ZZZZZZ/" + trial.symbol.quote.code)!, side: .sell, kind: .market(.base(trial.terms.quantity)))
            let answer = await Result { () async throws(ExchangeError) in try await trial.exchange.submit(request, .ordinary) }
            #expect(answer.error?.reason == .invalidSymbol)
        },
        ConformanceCase("C113", "the rules name the instrument with its grids, and take the suite's own order") { (trial) async throws in
            let rules = try await trial.rules(), terms = trial.terms
            #expect(rules.status == .trading && rules.lot.step == terms.lot && rules.price.step == terms.tick && rules.instrument != nil)
            #expect(rules.violation(.sell, .market(.base(terms.quantity)), average: terms.price) == nil)
            #expect(
                rules.orderTypes.isSubset(of: trial.exchange.capabilities.orderTypes)
                    && rules.orderLists.isSubset(of: trial.exchange.capabilities.orderLists))
        }
    ]
}
