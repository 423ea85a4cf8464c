// Orders, holdings and books for the trading tests, with round numbers: 100 a coin, ticks of a cent.
@testable import Kernel
@testable import Market
@testable import Trading

let coin = Symbol("LINK/USDT")!
let coinRules = Instrument(symbol: coin, tickSize: "0.01", lotStep: "0.001", minNotional: "10")!
/// Stop -3 %, targets +3/+5/+8 % of 33/33/34 %, trailing 2 %.
let plainPlan = BracketPlan(
    stopDistance: "0.03",
    rungs: [
        .init(rise: "0.03", share: "0.33"), .init(rise: "0.05", share: "0.33"),
        .init(rise: "0.08", share: "0.34")
    ], trailingOffset: "0.02")!
let plainCosts = FillCosts(fee: "0.001", slippage: "0.001")
let freeOfCosts = FillCosts(fee: "0", slippage: "0")
/// 2026-01-05T14:00:00Z.
let fourteen = Timestamp(milliseconds: 1_767_621_600_000)

func rules(_ name: String, tick: FixedDecimal = "0.01", lot: FixedDecimal = "0.001", minimum: FixedDecimal = "10") -> Instrument {
    Instrument(symbol: Symbol(name)!, tickSize: tick, lotStep: lot, minNotional: minimum)!
}

func sampleOrder(
    _ side: Side, _ quantity: String = "1", at price: String = "100", _ symbol: Symbol = coin, trade: Int = 1,
    role: OrderRole? = nil, created: Timestamp = fourteen
) -> Order {
    let role = role ?? (side == .buy ? .entry : .exit(.stopLoss))
    let id = side == .buy ? ClientOrderId.entry(.none, TradeId(trade)) : .exit(.none, TradeId(trade), number: 1)
    return Order(
        id: id, trade: TradeId(trade), symbol: symbol, side: side, type: .market, role: role, quantity: Quantity(quantity)!,
        referencePrice: Price(price)!, createdAt: created)
}

func pendingPosition(
    _ symbol: Symbol = coin, _ rules: Instrument? = nil, trade: Int = 1, order: ClientOrderId? = nil, planned: FixedDecimal = "3.4",
    plan: BracketPlan = plainPlan
) -> Position {
    Position(
        pending: TradeId(trade),
        instrument: rules ?? Instrument(
            symbol: symbol, tickSize: coinRules.tickSize, lotStep: coinRules.lotStep, minNotional: coinRules.minNotional)!,
        cycle: CycleId(hour: fourteen),
        entryOrder: order ?? .entry(.none, TradeId(trade)), panel: "indicators", conviction: "0.8",
        isProbe: false, plannedRisk: planned, plan: plan)
}

/// What a buy of `quantity` at exactly `price` becomes.
func sampleHolding(
    _ quantity: String = "1", at price: String = "100", _ instrument: Instrument = coinRules, plan: BracketPlan = plainPlan,
    fee: Money? = nil, openedAt: Timestamp = fourteen
) -> Holding {
    let order = sampleOrder(.buy, quantity, at: price, instrument.symbol)
    let fill = Fill(
        id: "1", order: order.id, symbol: instrument.symbol, side: .buy, quantity: order.quantity, price: order.referencePrice,
        fee: fee ?? Money(.zero, instrument.symbol.base), time: openedAt)
    return Holding(position: pendingPosition(instrument.symbol, instrument, plan: plan), entry: Executed(fill))!
}

extension SplitMix64 {
    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
    /// Between fourteen numbers, with every order of magnitude alike.
    mutating func spread(_ low: Double, _ high: Double) -> Double {
        Mathematics.exp(Mathematics.log(low) + unit() * (Mathematics.log(high) - Mathematics.log(low)))
    }
}
