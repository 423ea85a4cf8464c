// Strategies in a small world: rules as text, prices as hours, and what the journal says they judged.
import Engine
import Events
import Kernel
import Market
import Messaging
import Strategies
import TestSupport

/// Buys above 101, sells below 99, with a tenth of the account, a stop 10 % below and a far target, unless told otherwise.
func instance(
    _ name: String = "one", on symbols: [Symbol] = [aaa], _ timeframe: Timeframe = .h1, entry: String = "close > 101", exit: String? = "close < 99",
    _ change: (inout Strategy) -> Void = { _ in }
) throws -> StrategyInstance {
    let checker = ExpressionChecker(timeframe: timeframe, parameters: [:])
    var strategy = Strategy(
        name: "rule", version: 2, symbols: symbols, timeframe: timeframe, entry: try checker.condition(entry),
        exit: try exit.map { try checker.condition($0) })
    strategy.bracket = BracketRule(stop: .exact("0.1"), rungs: [.init(rise: .exact("0.2"), share: .exact(.one))], trailing: nil)
    change(&strategy)
    return try StrategyInstance(name: name, strategy)
}

func instance(_ timeframe: Timeframe, entry: String = "close > 101", exit: String? = "close < 99", _ change: (inout Strategy) -> Void = { _ in })
    throws -> StrategyInstance
{
    try instance("one", on: [aaa], timeframe, entry: entry, exit: exit, change)
}

extension EngineWorld {
    /// The price since an hour ago, so that the candle that has just closed, whatever its size up to an hour, closed there.
    func stood(_ symbol: Symbol, at text: String) { market.move(symbol, to: price(text), at: clock.now - .hours(1)) }

    /// So many hours pass with nobody looking.
    func passed(_ hours: Int) { clock.advance(by: .hours(hours)) }

    var judged: [StrategyJudged] { journal.events.compactMap { if case .strategyJudged(let judged) = $0 { judged } else { nil } } }
    var signals: [StrategyJudged.Signal] { judged.flatMap(\.signals) }
    /// Why the newest judgement with signals did not follow them, by symbol.
    var notFollowed: [Symbol: String] {
        let last = judged.last { !$0.signals.isEmpty }?.signals ?? []
        return Dictionary(last.compactMap { signal in signal.review.refusalWords.map { (signal.symbol, $0) } }, uniquingKeysWith: { $1 })
    }
    func kinds(_ name: String) -> Int { journal.events.count { "\($0)".prefix { $0 != "(" } == name } }
}
