// Seeded chance acting on a core: orders of every kind, lists, cancels, quotes, halts, from three poor accounts.
import Kernel
import Market
import Trading

@testable import Matching

extension SplitMix64 {
    fileprivate mutating func one<T>(of choices: [T]) -> T { choices[below(choices.count)] }
}

struct RandomLife {
    private(set) var core: MatchingCore
    private(set) var refusals: Set<Refusal> = []
    private var chance: SplitMix64
    private var time: Int64 = 0
    private var count = 0

    init(seed: UInt64) {
        chance = SplitMix64(seed: seed)
        var rules = openRules()
        (rules.price.step, rules.lot.step, rules.averagingWindow) = (d("0.07"), d("0.003"), .minutes(1))
        (rules.price.minimum, rules.lot.minimum) = (nil, nil)
        (rules.maximumOrders, rules.maximumPosition) = (12, d("55"))
        core = MatchingCore(rules: [rules])
        let fees = [
            FeeSchedule.free, FeeSchedule(maker: "0.001", taker: "0.0017", payIn: .third(bnb, prices: [.usdt: p("300")])),
            FeeSchedule(maker: "0.001", taker: "0.002", payIn: .quote)
        ]
        for (account, fee) in zip([ann, ben, cid], fees) {
            core.openAccount(account, balances: [btc: d("40"), .usdt: d(account == ann ? "50" : "150"), bnb: d("0.02")], fees: fee)
        }
    }

    mutating func step() {
        time += Int64(chance.below(4_000))
        let now = Timestamp(milliseconds: time), account = chance.one(of: [ann, ben, cid])
        do throws(Refusal) {
            switch chance.below(100) {
            case 0..<58: _ = try core.place(request(), for: account, prevention: chance.one(of: SelfTradePrevention.allCases), at: now)
            case 58..<73: _ = try core.place(list(), for: account, prevention: chance.one(of: SelfTradePrevention.allCases), at: now)
            case 73..<84:
                _ = try core.cancel(core.openOrders(account).isEmpty ? 1 : chance.one(of: core.openOrders(account)).id, for: account, at: now)
            case 84..<85: _ = try core.cancelAll(pair, for: account, at: now)
            case 85..<92: try quote(at: now)
            case 92..<98: try core.setLastPrice(pair, price(), at: now)
            default:
                toggleHalt()
                // What came due in a halt is caught up with by the next operation.
                try quote(at: now)
            }
        } catch { refusals.insert(error) }
    }

    private mutating func toggleHalt() {
        guard var rules = core.rules(pair) else { return }
        rules.status = rules.status == .trading && chance.below(4) == 0 ? .halted : .trading
        core.setRules(rules)
    }

    private mutating func quote(at now: Timestamp) throws(Refusal) {
        let middle = 138 + chance.below(40) * chance.below(2)
        func side(_ direction: Int) -> [OrderBookSnapshot.Level] {
            (1...3).map { .init(price: gridPrice(middle + direction * $0), quantity: q("0.9")) }
        }
        try core.replaceMarketQuotes(pair, bids: side(-1), asks: side(1), at: now)
    }

    private func gridPrice(_ ticks: Int) -> Price { Price(d("0.07").times(FixedDecimal(ticks), rounding: .nearest))! }
    private mutating func price() -> Price { gridPrice(135 + chance.below(20)) }
    private mutating func quantity() -> Quantity { Quantity(d("0.003").times(FixedDecimal(1 + chance.below(3_000)), rounding: .nearest))! }
    /// Mostly new, now and then one that may be taken.
    private mutating func name() -> ClientOrderId {
        count += 1
        return client("n\(chance.below(10) == 0 ? max(1, count - 3) : count)")
    }
    private mutating func side() -> Side { chance.one(of: [.buy, .sell]) }

    private mutating func request() -> OrderRequest { OrderRequest(id: name(), symbol: pair, side: side(), kind: kind(quantity())) }

    private mutating func kind(_ quantity: Quantity) -> OrderKind {
        let force = chance.one(of: [.goodTillCancel, .goodTillCancel] + TimeInForce.allCases)
        return switch chance.below(10) {
        case 0: .market(.base(quantity))
        case 1: .market(.quote(chance.below(5) == 0 ? d("0.02") : d("0.31").times(FixedDecimal(1 + chance.below(300)), rounding: .nearest)))
        case 2...5: .limit(quantity, price: price(), force)
        case 6: .limitMaker(quantity, price: price())
        case 7: chance.below(2) == 0 ? .stopLoss(quantity, trigger: price()) : .takeProfit(quantity, trigger: price())
        case 8: .stopLossLimit(quantity, trigger: price(), price: price(), force)
        default: .takeProfitLimit(quantity, trigger: price(), price: price(), force)
        }
    }

    private mutating func list() -> OrderListRequest {
        let quantity = quantity(), side = side(),
            working = OrderLeg(id: name(), side: self.side(), kind: .limit(quantity, price: price(), .goodTillCancel))
        let target = OrderLeg(
            id: name(), side: side, kind: chance.below(2) == 0 ? .limitMaker(quantity, price: price()) : .takeProfit(quantity, trigger: price()))
        let stop = OrderLeg(
            id: name(), side: side,
            kind: chance.below(2) == 0
                ? .stopLoss(quantity, trigger: price())
                : .stopLossLimit(quantity, trigger: price(), price: price(), .goodTillCancel))
        let (above, below) = side == .sell ? (target, stop) : (stop, target)
        let contingency: OrderListRequest.Contingency =
            switch chance.below(3) {
            case 0: .oneCancelsOther(above: above, below: below)
            case 1: .oneTriggersOther(working: working, pending: OrderLeg(id: name(), side: side, kind: kind(quantity)))
            default: .oneTriggersOneCancelsOther(working: working, above: above, below: below)
            }
        return OrderListRequest(id: name(), symbol: pair, contingency)
    }
}
