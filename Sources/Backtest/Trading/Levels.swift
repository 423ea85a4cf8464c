// The prices that end a position, as numbers a scan can compare candles with.
import Kernel
import Market
import Strategies
import Trading

/// At most three targets, ascending.
struct Levels {
    var entry: Double
    var stop: Double
    var targets: InlineArray<3, Double>
    var count: Int
    var trailing: TrailingRule

    var trails: Bool { if case .none = trailing { false } else { true } }

    /// With fractions of any size: each price is the entry's times a factor.
    init(plain terms: TradeTerms, factors: PlainFactors, entry: Double) {
        self.entry = entry
        stop = entry * factors.stop
        targets = InlineArray { entry * factors.targets[$0] }
        count = terms.bracket.rungs.count
        trailing = factors.trailing.map { .plain($0) } ?? .none
    }

    /// On the instrument's grid.
    init(exact bracket: Bracket, entry: Double, _ trailing: TrailingRule) {
        self.entry = entry
        stop = bracket.stop.double
        targets = InlineArray { $0 < bracket.rungs.count ? bracket.rungs[$0].price.double : .infinity }
        count = bracket.rungs.count
        self.trailing = trailing
    }
}

/// The bracket's shares as factors, each the Double nearest to the exact decimal.
struct PlainFactors {
    let stop: Double
    /// nil for a stop that stays.
    let trailing: Double?
    let targets: InlineArray<3, Double>
    let shares: InlineArray<3, Double>

    init(_ plan: BracketPlan) {
        stop = (.one - plan.stopDistance.value).double
        trailing = plan.trailingOffset.map { (.one - $0.value).double }
        targets = InlineArray { $0 < plan.rungs.count ? (.one + plan.rungs[$0].rise.value).double : .infinity }
        shares = InlineArray { $0 < plan.rungs.count ? plan.rungs[$0].share.double : 0 }
    }
}

/// Where the trailing stop stands below a highest price.
enum TrailingRule {
    case none
    case plain(Double)
    case exact(Ratio, CandleHistory)

    func level(_ highest: Double) -> Double {
        switch self {
        case .none: -.infinity
        case .plain(let factor): highest * factor
        case .exact(let offset, let history):
            Price(history.price(highest))?.moved(by: -offset, tick: history.instrument.tickSize, .nearest)?.double ?? -.infinity
        }
    }
}
