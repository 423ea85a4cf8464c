// A strategy with values for its parameters: what can be run.
public import Kernel
import Market
import Settings
public import Trading

public struct BoundStrategy: Hashable, Sendable {
    public let entry: BoundCondition
    public let exit: BoundCondition?
    public let terms: TradeTerms

    /// The first row at which both conditions can be judged.
    public var warmUp: Int { max(entry.warmUp, exit?.warmUp ?? 0) }
}

/// Everything about a run but its signals.
public struct TradeTerms: Hashable, Sendable {
    public let bracket: BracketPlan
    public let equityShare: Ratio
    public let positions: Int
    public let capital: FixedDecimal
    public let costs: FillCosts
    public let moment: FillRule.Moment
    public let order: FillRule.Order
    public let accounting: FillRule.Accounting
}

/// Why values do not make a runnable strategy.
public struct StrategyError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

extension Strategy {
    /// The values parameters have unless somebody says otherwise.
    public var usualValues: [String: FixedDecimal] {
        var values: [String: FixedDecimal] = [:]
        for parameter in parameters { values[parameter.name] = parameter.usual }
        return values
    }

    /// - Parameter values: of some parameters; the others have their usual ones.
    public func bound(_ values: [String: FixedDecimal] = [:]) throws(StrategyError) -> BoundStrategy {
        let all = usualValues.merging(values) { $1 }
        let numbers = all.mapValues(\.double)
        let terms = try terms(all)
        do throws(IndicatorSpecError) {
            return BoundStrategy(entry: try entry.bound(numbers, on: timeframe), exit: try exit?.bound(numbers, on: timeframe), terms: terms)
        } catch {
            throw StrategyError(error.description)
        }
    }

    /// The parameters that bracket, sizing and costs use.
    public var termParameters: Set<String> {
        let shares =
            [bracket.stop, sizing.equity, fills.fee, fills.slippage] + bracket.rungs.flatMap { [$0.rise, $0.share] }
            + (bracket.trailing.map { [$0] } ?? [])
        return shares.reduce(into: []) { if case .parameter(let name) = $1 { $0.insert(name) } }
    }

    /// Bracket, sizing and costs with the given values of all parameters.
    public func terms(_ all: [String: FixedDecimal]) throws(StrategyError) -> TradeTerms {
        let rungs = bracket.rungs.map { BracketPlan.Rung(rise: $0.rise.value(all), share: $0.share.value(all)) }
        guard let plan = BracketPlan(stopDistance: bracket.stop.value(all), rungs: rungs, trailingOffset: bracket.trailing?.value(all)) else {
            throw StrategyError(
                "the bracket needs a stop and a trailing offset between 0 and 100 %, and 1 to 3 rungs that ascend and whose shares sum to exactly "
                    + "100 %"
            )
        }
        let share = sizing.equity.value(all), fee = fills.fee.value(all), slippage = fills.slippage.value(all)
        guard share > .zero, share <= .one else { throw StrategyError("an entry costs more than 0 % and at most 100 % of equity") }
        guard fee >= .zero, slippage >= .zero, fee < "0.1", slippage < "0.1" else {
            throw StrategyError("fee and slippage are at least 0 % and below 10 %")
        }
        return TradeTerms(
            bracket: plan, equityShare: share, positions: sizing.positions, capital: sizing.capital,
            costs: FillCosts(fee: fee, slippage: slippage), moment: fills.entry, order: fills.order, accounting: fills.accounting)
    }
}
