// Which instruments are offered to the analysts this hour, and why the others are not: every
// exclusion carries its number and its limit, and what is not known is named as unknown.
public import Kernel

/// What is known of an instrument when the universe is drawn.
public struct UniverseCandidate: Sendable {
    public let instrument: Instrument
    public let ticker: Ticker?
    /// In USD; nil if no catalog knows it.
    public let marketCap: FixedDecimal?
    /// The first candle or the announced listing; nil if unknown.
    public let listedSince: Timestamp?
    public init(instrument: Instrument, ticker: Ticker?, marketCap: FixedDecimal?, listedSince: Timestamp?) {
        self.instrument = instrument
        self.ticker = ticker
        self.marketCap = marketCap
        self.listedSince = listedSince
    }
}

/// One filter's no: `measured` is nil if there were no data, and then the filter says `unknown`.
/// Units are the filter's: USD, quote units, a share, or whole days.
public struct Exclusion: Hashable, Codable, Sendable {
    public let filter: UniverseFilter
    public let measured: FixedDecimal?
    public let limit: FixedDecimal?
    public let unknown: Bool
    public init(filter: UniverseFilter, measured: FixedDecimal?, limit: FixedDecimal?, unknown: Bool) {
        self.filter = filter
        self.measured = measured
        self.limit = limit
        self.unknown = unknown
    }
}

/// The verdict on one instrument.
public struct UniverseVerdict: Hashable, Codable, Sendable {
    public let symbol: Symbol
    /// Empty if the instrument is kept.
    public let exclusions: [Exclusion]
    /// Filters without data that the settings let pass.
    public let unknownButAllowed: [UniverseFilter]
    /// Why its prices may not be acted on, if it passed the filters.
    public let faults: [PriceFault]
    public var isKept: Bool { exclusions.isEmpty && faults.isEmpty }

    /// The verdict on an instrument that passed every filter and is beyond the `limit` most traded.
    public func ranked(out limit: Int) -> UniverseVerdict {
        let exclusion = Exclusion(filter: .rank, measured: nil, limit: FixedDecimal(limit), unknown: false)
        return UniverseVerdict(symbol: symbol, exclusions: exclusions + [exclusion], unknownButAllowed: unknownButAllowed, faults: faults)
    }

    public init(symbol: Symbol, exclusions: [Exclusion], unknownButAllowed: [UniverseFilter], faults: [PriceFault] = []) {
        self.symbol = symbol
        self.exclusions = exclusions
        self.unknownButAllowed = unknownButAllowed
        self.faults = faults
    }
}

/// How many instruments came to one filter, and how many it took out as the first to do so.
public struct FunnelStep: Hashable, Codable, Sendable {
    public let filter: UniverseFilter
    public let entered: Int
    public let failed: Int
    public let unknown: Int
    public var left: Int { entered - failed - unknown }
}

/// The universe of one hour.
public struct Universe: Hashable, Codable, Sendable {
    /// In symbol order.
    public let verdicts: [UniverseVerdict]
    /// In the filters' order.
    public let funnel: [FunnelStep]
    /// The kept symbols, in symbol order.
    public var kept: [Symbol] { verdicts.filter(\.isKept).map(\.symbol) }

    /// Judges every candidate. A symbol offered twice is judged once, by its first mention.
    public init(_ candidates: [UniverseCandidate], rules: UniverseRules, at time: Timestamp) {
        var seen: Set<Symbol> = []
        let unique = candidates.filter { seen.insert($0.instrument.symbol).inserted }
        let bases = Set(unique.map(\.instrument.symbol.base))
        let verdicts = unique.sorted { $0.instrument.symbol < $1.instrument.symbol }
            .map { rules.verdict(on: $0, among: bases, at: time) }
        var entered = verdicts.count
        funnel = UniverseFilter.allCases.filter { $0 != .rank }.map { filter in
            let taken = verdicts.compactMap(\.exclusions.first).filter { $0.filter == filter }
            let unknown = taken.filter(\.unknown).count
            let step = FunnelStep(filter: filter, entered: entered, failed: taken.count - unknown, unknown: unknown)
            entered = step.left
            return step
        }
        self.verdicts = verdicts
    }
}
