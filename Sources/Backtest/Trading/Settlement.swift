// What a purchase or a sale does to the money. Two ways to book: exactly as the bot's paper account does, or
// plainly in Double with fractions of any size; the same loop trades with either.
import Kernel
import Market
import Strategies
import Trading

/// A purchase that the venue's rules allow.
struct Purchase<Value, Lot> {
    let lot: Lot
    let levels: Levels
    /// What it takes from the free money.
    let cost: Value
}

protocol Settlement {
    associatedtype Value: AdditiveArithmetic & Comparable
    /// What is held of one position.
    associatedtype Lot
    /// Free money in quote.
    var cash: Value { get }
    /// What an entry may cost at this equity.
    func budget(_ equity: Value) -> Value
    /// What the lot would bring at a close, costs left aside.
    func worth(_ lot: Lot, at close: Double, _ history: CandleHistory) -> Value
    /// What can be bought near a price; nil if the venue's rules refuse it.
    func purchase(_ budget: Value, near price: Double, _ history: CandleHistory) -> Purchase<Value, Lot>?
    mutating func pay(_ cost: Value)
    /// Books a sale; returns the price it got.
    mutating func sell(_ lot: inout Lot, _ leg: Leg, _ history: CandleHistory) -> Double
    /// Bought, what the position has brought after all costs so far, and what was paid for its dust.
    func facts(_ lot: Lot) -> (quantity: Double, profit: Value, dust: FixedDecimal)
    /// For reports.
    static func decimal(_ value: Value) -> FixedDecimal
    static func double(_ value: Value) -> Double
}

/// Fractions of any size, fees in quote, Double throughout.
struct PlainSettlement: Settlement {
    struct Lot {
        var bought: Double
        var held: Double
        var rungs = 0
        var profit: Double
    }

    private(set) var cash: Double
    let factors: PlainFactors
    private let terms: TradeTerms
    private let share: Double
    private let paid: Double, kept: Double
    private let up: Double, down: Double

    init(_ terms: TradeTerms) {
        self.terms = terms
        factors = PlainFactors(terms.bracket)
        cash = terms.capital.double
        share = terms.equityShare.double
        paid = 1 + terms.costs.fee.double
        kept = 1 - terms.costs.fee.double
        up = 1 + terms.costs.slippage.double
        down = 1 - terms.costs.slippage.double
    }

    func budget(_ equity: Double) -> Double { share * equity }
    func worth(_ lot: Lot, at close: Double, _ history: CandleHistory) -> Double { lot.held * close }

    func purchase(_ budget: Double, near price: Double, _ history: CandleHistory) -> Purchase<Double, Lot>? {
        guard budget > 0 else { return nil }
        let cost = budget * paid, entry = price * up, quantity = budget / entry
        return Purchase(
            lot: Lot(bought: quantity, held: quantity, profit: -cost), levels: Levels(plain: terms, factors: factors, entry: entry), cost: cost)
    }

    mutating func pay(_ cost: Double) { cash -= cost }

    mutating func sell(_ lot: inout Lot, _ leg: Leg, _ history: CandleHistory) -> Double {
        let quantity = leg.isLast ? lot.held : lot.bought * factors.shares[lot.rungs]
        let price = leg.price * down, proceeds = quantity * price * kept
        cash += proceeds
        lot.profit += proceeds
        lot.held -= quantity
        if leg.reason == .rung { lot.rungs += 1 }
        return price
    }

    func facts(_ lot: Lot) -> (quantity: Double, profit: Double, dust: FixedDecimal) { (lot.bought, lot.profit, .zero) }
    static func decimal(_ value: Double) -> FixedDecimal { FixedDecimal(shortest: value) ?? .zero }
    static func double(_ value: Double) -> Double { value }
}

/// Ticks, lots, minimum notional and fees as the bot's paper account books them.
struct ExactSettlement: Settlement {
    struct Lot {
        let bracket: Bracket
        let entry: Price
        let bought: Quantity
        var held: Quantity
        var rungs = 0
        var profit: FixedDecimal
    }

    private(set) var cash: FixedDecimal
    private let terms: TradeTerms

    init(_ terms: TradeTerms) {
        self.terms = terms
        cash = terms.capital
    }

    func budget(_ equity: FixedDecimal) -> FixedDecimal { equity.times(terms.equityShare.value, rounding: .down) }

    func worth(_ lot: Lot, at close: Double, _ history: CandleHistory) -> FixedDecimal {
        lot.held.value.times(history.price(close), rounding: .down)
    }

    func purchase(_ budget: FixedDecimal, near price: Double, _ history: CandleHistory) -> Purchase<FixedDecimal, Lot>? {
        let instrument = history.instrument
        guard let near = Price(history.price(price)), let entry = terms.costs.executed(.buy, near: near, tick: instrument.tickSize),
            budget.isPositive,
            let wanted = Quantity(budget.divided(by: entry.value, rounding: .down))
        else { return nil }
        let bought = wanted.flooredToLot(instrument.lotStep)
        let cost = bought.value.times(entry.value, rounding: .up)
        let fee = bought.value.times(terms.costs.fee.value, rounding: .up)
        guard let received = Quantity(bought.value - fee), let bracket = try? terms.bracket.bracket(received: received, at: entry, instrument) else {
            return nil
        }
        let trailing = terms.bracket.trailingOffset.map { TrailingRule.exact($0, history) } ?? .none
        let lot = Lot(bracket: bracket, entry: entry, bought: bought, held: bracket.quantity, profit: -cost)
        return Purchase(lot: lot, levels: Levels(exact: bracket, entry: entry.double, trailing), cost: cost)
    }

    mutating func pay(_ cost: FixedDecimal) { cash = cash - cost }

    mutating func sell(_ lot: inout Lot, _ leg: Leg, _ history: CandleHistory) -> Double {
        let quantity = leg.isLast ? lot.held : lot.bracket.rungs[lot.rungs].quantity
        let near = Price(history.price(leg.price))
        let price = near.flatMap { terms.costs.executed(.sell, near: $0, tick: history.instrument.tickSize)?.value } ?? .zero
        let notional = quantity.value.times(price, rounding: .down)
        let proceeds = notional - notional.times(terms.costs.fee.value, rounding: .up)
        cash = cash + proceeds
        lot.profit = lot.profit + proceeds
        lot.held = lot.held - quantity
        if leg.reason == .rung { lot.rungs += 1 }
        return price.double
    }

    func facts(_ lot: Lot) -> (quantity: Double, profit: FixedDecimal, dust: FixedDecimal) {
        (lot.bought.double, lot.profit, lot.bracket.dust.value.times(lot.entry.value, rounding: .nearest))
    }
    static func decimal(_ value: FixedDecimal) -> FixedDecimal { value }
    static func double(_ value: FixedDecimal) -> Double { value.double }
}
