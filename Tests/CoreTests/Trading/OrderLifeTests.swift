// What follows from what is learned of an order: each fill counts once whatever order the facts come in, nothing traps, and
// what contradicts the order is a value.
import Kernel
import Market
import Testing

@testable import Trading

private let symbol = Symbol("AAA/USDT")!, sent = fourteen, venueId = VenueOrderId(7)

private func order(_ quantity: String = "10", _ status: OrderStatus = .submitted) -> Order {
    var order = Order(
        id: ClientOrderId("CR1AAAE0")!, trade: TradeId(1), symbol: symbol, side: .buy, type: .market, role: .entry, quantity: Quantity(quantity)!,
        referencePrice: Price("100")!, createdAt: sent)
    _ = order.handle(.submit)
    if status == .accepted { _ = order.handle(.accept) }
    return order
}

private func execution(
    _ id: String, _ quantity: String, price: String = "100", fee: Money = Money("0.01", symbol.base), order: VenueOrderId = venueId
)
    -> VenueFill
{
    VenueFill(
        id: id, order: order, symbol: symbol, side: .buy, quantity: Quantity(quantity)!, price: Price(price)!, fee: fee, isMaker: false, time: sent)
}

private func found(_ status: VenueOrderStatus, _ fills: [VenueFill] = [], executed: String? = nil, _ change: (inout VenueOrder) -> Void = { _ in })
    -> OrderLife.Fact
{
    var found = VenueOrder(
        id: venueId, clientId: order().id, symbol: symbol, side: .buy, status: status, quantity: Quantity("10")!,
        executedQuantity: executed.map { Quantity($0)! } ?? fills.reduce(.zero) { $0 + $1.quantity }, trades: fills)
    change(&found)
    return .found(found)
}

extension OrderLife {
    fileprivate mutating func learn(_ fact: Fact) -> [Action] { handle(fact, at: sent + .seconds(1)) }
}

@Suite("An order's life, fact by fact")
struct OrderLifeTests {
    @Test("several executions are several fills, and the order is filled with the last")
    func parts() {
        var life = OrderLife(order(), Executed())
        let first = life.learn(found(.partiallyFilled, [execution("1", "4")]))
        #expect(first.map(\.event) == [.partialFill] && life.order.status == .partiallyFilled && life.order.leavesQuantity == Quantity("6"))
        let rest = life.learn(found(.filled, [execution("1", "4"), execution("2", "5"), execution("3", "1")]))
        #expect(rest.map(\.event) == [.partialFill, .completeFill] && life.order.status == .filled && life.executed.quantity == Quantity("10"))
        #expect(life.learn(found(.filled, [execution("1", "4"), execution("2", "5"), execution("3", "1")])).isEmpty)
    }

    @Test("a part and then the end: the part counts and the rest is over", arguments: [VenueOrderStatus.canceled, .expired])
    func partThenEnd(_ status: VenueOrderStatus) {
        var life = OrderLife(order(), Executed())
        let actions = life.learn(found(status, [execution("1", "4")]) { $0.reason = "no liquidity" })
        #expect(actions.map(\.event) == [.partialFill, status == .canceled ? .confirmCancel : .expire])
        #expect(life.order.status.isTerminal && life.executed.quantity == Quantity("4"))
    }

    @Test("executions that the answer counts and does not list are waited for before any end")
    func F030_unlisted() {
        var life = OrderLife(order(), Executed())
        #expect(life.learn(found(.canceled, [execution("1", "4")], executed: "6")).map(\.event) == [.partialFill])
        #expect(!life.order.status.isTerminal)
        #expect(life.learn(found(.canceled, [execution("1", "4"), execution("2", "2")])).map(\.event) == [.partialFill, .confirmCancel])
    }

    @Test(
        "a fill after the end counts, and is told as a contradiction",
        arguments: [
            (OrderLife.Fact.absent, OrderStatus.denied), (.refused("no"), .rejected), (found(.canceled), .canceled), (found(.expired), .expired)
        ])
    func F031_late(_ end: OrderLife.Fact, _ status: OrderStatus) {
        var life = OrderLife(order(), Executed())
        _ = life.learn(end)
        #expect(life.order.status == status)
        let actions = life.learn(found(.filled, [execution("1", "10")]))
        #expect(actions.map(\.event) == [.completeFill, nil] && actions.last == .contradict(.filledAfterItsEnd(status)))
        #expect(life.order.status == .filled && life.executed.quantity == Quantity("10"))
    }

    @Test("a reading that lags behind the end is no sign of life", arguments: [VenueOrderStatus.canceled, .expired])
    func lagging(_ end: VenueOrderStatus) {
        var life = OrderLife(order(), Executed())
        _ = life.learn(found(end, [execution("1", "4")]))
        #expect(life.learn(found(.new)).isEmpty && life.learn(found(.partiallyFilled, [execution("1", "4")])).isEmpty && life.order.status.isTerminal)
    }

    @Test("an order that was said to be absent and is found alive is asked about again, and that is told")
    func alive() {
        var life = OrderLife(order(), Executed())
        _ = life.learn(.absent)
        #expect(life.learn(found(.new)) == [.change(.accept, why: ""), .contradict(.aliveAfterItsEnd(.denied))] && life.order.status == .accepted)
    }

    @Test("more than was ordered counts too, and is told")
    func beyond() {
        var life = OrderLife(order(), Executed())
        let actions = life.learn(found(.filled, [execution("1", "8"), execution("2", "3")]))
        #expect(actions.last == .contradict(.filledBeyond(Quantity("11")!)) && life.executed.quantity == Quantity("11"))
    }

    @Test("an order the venue had accepted is not gone because it says so")
    func gone() {
        var life = OrderLife(order("10", .accepted), Executed())
        #expect(life.learn(.absent) == [.contradict(.gone(.accepted, "never reached the venue"))] && life.order.status == .accepted)
    }

    @Test("a lost answer makes a sent order unknown once, and an accepted one stays accepted")
    func lost() {
        var life = OrderLife(order(), Executed())
        #expect(life.learn(.lost("down")).map(\.event) == [.loseAnswer] && life.order.status == .unknown)
        #expect(life.learn(.lost("down")).isEmpty)
        var accepted = OrderLife(order("10", .accepted), Executed())
        #expect(accepted.learn(.lost("down")).isEmpty && accepted.order.status == .accepted)
    }

    @Test(
        "an answer that speaks of something else leaves the order unknown",
        arguments: ["symbol", "side", "client id", "quantity", "execution of another order", "new word", "filled by nothing"])
    func another(_ what: String) {
        var life = OrderLife(order(), Executed())
        let fact = found(.new) { found in
            switch what {
            case "symbol": found.symbol = Symbol("BBB/USDT")!
            case "side": found.side = .sell
            case "client id": found.clientId = ClientOrderId("OTHER")
            case "quantity": found.quantity = Quantity("9")
            case "execution of another order": found.trades = [execution("1", "4", order: VenueOrderId(8))]
            case "new word": found.status = .unrecognised("NOVEL")
            default: found.status = .filled
            }
        }
        #expect(life.learn(fact).map(\.event) == [.loseAnswer] && life.executed.quantity.isZero)
    }

    @Test("fees count in their own asset, and the price is the fills' mean by quantity")
    func sums() {
        var life = OrderLife(order(), Executed())
        let fills = [
            execution("1", "4", price: "100", fee: Money("0.004", symbol.base)), execution("2", "5", price: "101", fee: Money("0.505", .usdt)),
            execution("3", "1", price: "102", fee: Money("0.0002", Currency("BNB")!))
        ]
        _ = life.learn(found(.filled, fills))
        #expect(life.executed.feeInBase == "0.004" && life.executed.feeInQuote == "0.505" && life.executed.price == Price("100.7"))
        #expect(life.executed.notional == "1007" && life.executed.cost == "1007.505")
    }

    @Test(
        "whatever order facts come in, however often and with whatever doubts between them, each fill counts once",
        arguments: 1...300 as ClosedRange<UInt64>)
    func F028_F029_anyOrder(_ seed: UInt64) {
        var chance = SplitMix64(seed: seed * 7_919), fills: [VenueFill] = [], left = 10
        while left > 0, fills.isEmpty || chance.below(5) > 0 {
            let part = 1 + chance.below(left)
            fills.append(execution("\(fills.count)", "\(part)", price: "\(95 + chance.below(10))"))
            left -= part
        }
        let end: VenueOrderStatus = left == 0 ? .filled : chance.below(2) == 0 ? .canceled : .expired
        var life = OrderLife(order(), Executed()), counted: [String] = []
        for step in 0..<40 {
            let isLast = step == 39, known = isLast ? fills : Array(fills.prefix(chance.below(fills.count + 1)))
            let fact: OrderLife.Fact =
                switch isLast ? 9 : chance.below(9) {
                case 0: .lost("down")
                case 1: .absent
                case 2: .refused("no")
                case 3: found(.new)
                case 4: found(end, known, executed: "\(10 - left)")
                case 5, 6: found(.partiallyFilled, known.reversed())
                case 7: found(.unrecognised("NOVEL"), known)
                case 8: .withheld
                default: found(end, fills)
                }
            for action in life.learn(fact) { if case .fill(_, let fill) = action { counted.append(fill.id) } }
        }
        #expect(counted.sorted() == fills.map(\.id).sorted() && life.executed.quantity == Quantity("\(10 - left)"))
        #expect(life.order.filled == life.executed.quantity && life.order.status.isTerminal)
    }
}

extension OrderLife.Action {
    /// nil for a contradiction.
    fileprivate var event: OrderEvent? {
        switch self {
        case .change(let event, _), .fill(let event, _): event
        case .contradict: nil
        }
    }
}
