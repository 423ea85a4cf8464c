// How much: the least of what the odds justify, what the profile risks and what the account has left.
// Nothing here is random, and rounding only ever makes a size smaller. Source: rules.md "Size".
import Analysis
import Kernel
import Market
import Trading

public enum KellySizing {
    /// The size of one entry. A request without sense is refused, never guessed at.
    public static func size(_ request: SizingRequest) -> SizingReport {
        guard isWellFormed(request),
            let lossShare = LossAtStop.share(
                entry: request.entry, stop: request.stop,
                fee: request.fee, slippage: request.slippage)
        else {
            return .refused(.malformed)
        }
        guard request.equity.isPositive else { return .refused(.noEquity, lossShare: lossShare) }
        let odds = odds(request), fractions = fractions(request, odds)
        let kellyCaps = [(SizingBound.kelly, fractions.factored), (.cautious, fractions.cautious), (.drawdown, fractions.drawdown)]
            .map { bound, share in SizingReport.Cap(bound: bound, notional: part(FixedDecimal(flooring: min(share, 1)), of: request.equity)) }
        let accountCaps = accountCaps(request, lossShare)
        let justified = kellyCaps.least
        let probe = afford(request.equity.times(request.probeRisk.value, rounding: .down), lossShare)
        let mayProbe = request.isPaper && request.closedTrades < request.probeUntilTrades
        // A probe is a floor: odds that justify a little must not buy less than odds that justify nothing.
        let isProbe = mayProbe && justified.notional < probe
        let caps = kellyCaps + (isProbe ? [SizingReport.Cap(bound: .probe, notional: probe)] : []) + accountCaps
        let binding = ((isProbe ? [SizingReport.Cap(bound: .probe, notional: probe)] : [justified]) + accountCaps).least
        func report(_ refusal: SizingRefusal?, quantity: Quantity = .zero) -> SizingReport {
            let notional = quantity.value.times(request.entry.value, rounding: .up)
            return SizingReport(
                odds: odds, fractions: fractions, caps: caps, bound: binding.bound, isProbe: isProbe, refusal: refusal,
                lossShare: lossShare, quantity: quantity, notional: notional, atRisk: loss(quantity, request))
        }
        if !isProbe, !justified.notional.isPositive { return report(.kellyNotPositive) }
        guard binding.notional.isPositive else { return report(.noRoom) }
        func isEnough(_ quantity: Quantity) -> Bool {
            !quantity.isZero && quantity.value.times(request.entry.value, rounding: .down) >= request.instrument.minNotional
        }
        guard let most = lots(binding.notional, request), isEnough(most) else { return report(.belowMinimum) }
        let quantity = fitted(most, within: lossLimit(request), request, lossShare)
        return isEnough(quantity) ? report(nil, quantity: quantity) : report(.coarseLot)
    }

    // MARK: What the odds justify

    /// Base rates, tilted by conviction, updated by closed trades.
    private static func odds(_ request: SizingRequest) -> SizingReport.Odds {
        let prior = request.baseRates, weight = Double(request.priorWeight), conviction = request.conviction.double
        let reach = 1 - prior[0]
        let moved = reach > 0 && reach < 1 ? request.map.probability(conviction: conviction, base: reach) : reach
        let tilted = prior.indices.map { $0 == 0 ? 1 - moved : reach > 0 ? prior[$0] * moved / reach : prior[$0] }
        let posterior = DirichletPosterior.mean(prior: tilted, counts: request.closedByOutcome, weight: weight)
        let costs = TradingCosts(fee: request.fee.double, slippage: request.slippage.double)
        let returns = request.ladder.netReturns(costs)
        return SizingReport.Odds(
            prior: prior, tilt: request.map.tilt(conviction), tilted: tilted, priorWeight: weight,
            counts: request.closedByOutcome, posterior: posterior, netReturns: returns,
            meanNet: Kelly.mean(probabilities: posterior, returns: returns),
            breakEvenStop: BreakEven.stopProbability(request.ladder.driftlessProbabilities, returns: returns))
    }

    private static func fractions(_ request: SizingRequest, _ odds: SizingReport.Odds) -> SizingReport.Fractions {
        let raw = Kelly.fraction(probabilities: odds.posterior, returns: odds.netReturns)
        let weight = odds.priorWeight + Double(odds.counts.reduce(0, +))
        let cautious = CautiousKelly(posterior: odds.posterior, returns: odds.netReturns, weight: weight)
        let constrained = DrawdownKelly(
            probabilities: odds.posterior, returns: odds.netReturns, kelly: raw,
            alpha: 1 - request.drawdownLimit.double, beta: request.drawdownConfidence.double)
        return SizingReport.Fractions(
            raw: raw, factored: raw * request.kellyFactor.double, cautious: cautious.fraction,
            drawdown: constrained.fraction)
    }

    // MARK: What the account allows

    private static func accountCaps(_ request: SizingRequest, _ lossShare: FixedDecimal) -> [SizingReport.Cap] {
        // Free money must also cover the slippage, and the fee if a venue takes it in quote.
        let price = (.one + request.slippage.value).times(.one + request.fee.value, rounding: .up)
        let paid = request.cash.checkedDivided(by: price, rounding: .down) ?? .zero
        return [
            (.riskPerTrade, afford(part(request.riskPerTrade.value, of: request.equity), lossShare)),
            (.heat, afford(request.heatLeft, lossShare)), (.concentration, request.concentrationLeft), (.cash, paid)
        ]
        .map { SizingReport.Cap(bound: $0, notional: max(.zero, $1)) }
    }

    /// The notional whose loss at the stop is `loss`.
    private static func afford(_ loss: FixedDecimal, _ lossShare: FixedDecimal) -> FixedDecimal {
        loss.checkedDivided(by: lossShare, rounding: .down) ?? .zero
    }

    // MARK: What a lot leaves unsold

    /// What may be lost at the stop, all of it counted. A probe's share is what it is sized for and no limit: a coarse
    /// lot adds to it.
    private static func lossLimit(_ request: SizingRequest) -> FixedDecimal {
        min(request.heatLeft, part(request.riskPerTrade.value, of: request.equity))
    }

    /// The fee in base leaves no whole lots, and the rest is lost at every exit.
    private static func loss(_ quantity: Quantity, _ request: SizingRequest) -> FixedDecimal {
        guard !quantity.isZero else { return .zero }
        return FillCosts(fee: request.fee, slippage: request.slippage).lossAtStop(
            quantity, entry: request.entry, stop: request.stop, on: request.instrument)
    }

    /// So many lots of `most` as lose no more than `limit`; none if even one loses more.
    private static func fitted(_ most: Quantity, within limit: FixedDecimal, _ request: SizingRequest, _ lossShare: FixedDecimal) -> Quantity {
        let lot = request.instrument.lotStep
        var quantity = most
        while !quantity.isZero {
            let excess = loss(quantity, request) - limit
            guard excess.isPositive else { break }
            let coins = afford(excess, lossShare).checkedDivided(by: request.entry.value, rounding: .down) ?? quantity.value
            let less = max(lot, coins.rounded(toMultipleOf: lot, .down))
            quantity = Quantity(max(.zero, quantity.value - less)) ?? .zero
        }
        return quantity
    }

    private static func part(_ share: FixedDecimal, of equity: FixedDecimal) -> FixedDecimal {
        equity.checkedTimes(share, rounding: .down) ?? .zero
    }

    /// Whole lots for a notional; nil beyond what a quantity can hold.
    private static func lots(_ notional: FixedDecimal, _ request: SizingRequest) -> Quantity? {
        notional.checkedDivided(by: request.entry.value, rounding: .down).flatMap { Quantity($0) }?
            .flooredToLot(request.instrument.lotStep)
    }

    private static func isWellFormed(_ request: SizingRequest) -> Bool {
        let rates = request.baseRates, outcomes = request.ladder.outcomes
        func isShare(_ ratio: Ratio) -> Bool { ratio >= .zero && ratio <= .one }
        return rates.count == outcomes && rates.allSatisfy { $0 >= 0 && $0 <= 1 } && rates[0] > 0
            && (rates.reduce(0, +) - 1).magnitude < 1e-6
            && request.closedByOutcome.count == outcomes && request.closedByOutcome.allSatisfy { (0...1_000_000).contains($0) }
            && request.closedTrades >= 0 && isShare(request.conviction) && isShare(request.kellyFactor)
            && isShare(request.riskPerTrade) && isShare(request.drawdownLimit)
            && request.priorWeight > 0 && isShare(request.probeRisk) && request.drawdownConfidence > .zero && request.drawdownConfidence < .one
    }
}

extension SizingReport {
    static func refused(_ refusal: SizingRefusal, lossShare: FixedDecimal? = nil) -> SizingReport {
        SizingReport(
            odds: nil, fractions: nil, caps: [], bound: nil, isProbe: false, refusal: refusal, lossShare: lossShare,
            quantity: .zero, notional: .zero, atRisk: .zero)
    }
}

extension [SizingReport.Cap] {
    /// The smallest cap, the earlier one of equals. The list is never empty.
    fileprivate var least: SizingReport.Cap { dropFirst().reduce(self[0]) { $1.notional < $0.notional ? $1 : $0 } }
}
