// The filters themselves: one number against one limit each. A filter without data is `unknown`
// and keeps the instrument out unless the settings let it pass.
public import Kernel

extension UniverseRules {
    private enum Outcome {
        case passed, unknown(limit: FixedDecimal)
        case failed(measured: FixedDecimal?, limit: FixedDecimal?)
    }

    /// All filters on one candidate, in the filters' order; `bases` are all base assets on offer.
    func verdict(on candidate: UniverseCandidate, among bases: Set<Currency>, at time: Timestamp) -> UniverseVerdict {
        var exclusions: [Exclusion] = []
        var allowed: [UniverseFilter] = []
        for filter in UniverseFilter.allCases {
            switch outcome(of: filter, candidate, bases, time) {
            case .passed: break
            case .failed(let measured, let limit):
                exclusions.append(Exclusion(filter: filter, measured: measured, limit: limit, unknown: false))
            case .unknown(let limit):
                if passWhereUnknown.contains(filter) {
                    allowed.append(filter)
                } else {
                    exclusions.append(Exclusion(filter: filter, measured: nil, limit: limit, unknown: true))
                }
            }
        }
        return UniverseVerdict(symbol: candidate.instrument.symbol, exclusions: exclusions, unknownButAllowed: allowed)
    }

    private func outcome(
        of filter: UniverseFilter, _ candidate: UniverseCandidate, _ bases: Set<Currency>,
        _ time: Timestamp
    ) -> Outcome {
        let symbol = candidate.instrument.symbol
        switch filter {
        case .quote: return symbol.quote == quote ? .passed : .failed(measured: nil, limit: nil)
        case .stablecoin: return isStablecoin(symbol.base) ? .failed(measured: nil, limit: nil) : .passed
        case .leveragedToken:
            return Self.isLeveraged(symbol.base, among: bases) ? .failed(measured: nil, limit: nil) : .passed
        case .marketCap: return atLeast(minimumMarketCap, candidate.marketCap)
        case .quoteVolume: return atLeast(minimumQuoteVolume, candidate.ticker?.quoteVolume)
        case .spread:
            guard let spread = candidate.ticker?.spread else { return .unknown(limit: maximumSpread.value) }
            return spread <= maximumSpread ? .passed : .failed(measured: spread.value, limit: maximumSpread.value)
        // Ranking needs all verdicts; see `UniverseVerdict.ranked(out:)`.
        case .rank: return .passed
        case .listingAge:
            let limit = Self.days(minimumListing)
            return atLeast(limit, candidate.listedSince.map { Self.days(time - $0) })
        }
    }

    private func atLeast(_ limit: FixedDecimal, _ measured: FixedDecimal?) -> Outcome {
        guard let measured else { return .unknown(limit: limit) }
        return measured >= limit ? .passed : .failed(measured: measured, limit: limit)
    }

    /// Whole days, rounded down.
    private static func days(_ duration: TimeSpan) -> FixedDecimal {
        FixedDecimal(Int(duration.milliseconds / TimeSpan.days(1).milliseconds))
    }
}

extension Ticker {
    /// (ask - bid) ÷ mid, rounded up; nil without both sides or if they are crossed.
    public var spread: Ratio? {
        guard let bid, let ask, bid <= ask else { return nil }
        let doubled = (ask.value - bid.value).times(FixedDecimal(2), rounding: .up)
        return Ratio(doubled.divided(by: ask.value + bid.value, rounding: .up))
    }
}
