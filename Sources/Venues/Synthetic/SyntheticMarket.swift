// The embedded market: a whole venue's prices as a pure function of (seed, time). It needs no file,
// no network and no state, and two processes that never met agree on every candle. Its moves come
// in clusters and jumps and share a common factor, and their direction cannot be foretold.
public import Kernel
public import Market
import Ports

/// Prices, volumes and coin facts of a made-up venue quoted in USDT.
public struct SyntheticMarket: Sendable {
    /// The market's first minute; nothing was traded before.
    public static let epoch = Timestamp(milliseconds: 946_684_800_000)
    /// The last close there is.
    public static let end = epoch + .minutes(PathNode.spanMinutes)
    /// How many coins the catalogue has.
    public static let maximumInstruments = 200

    public var name: String { crash == nil ? "synthetic market" : "synthetic market, a made-up crash" }
    public let seed: UInt64
    /// In symbol order; an index into it names an instrument in the synchronous calls.
    public let instruments: [Instrument]
    let listings: [Listing]
    let regimeKey: UInt64
    let crash: MarketCrash?
    private let indices: [Symbol: Int]

    /// A coin with everything its path is drawn from.
    struct Listing: Sendable {
        let coin: SyntheticCoin
        let instrument: Instrument
        let shape: PathShape
        let logPrice: Double
        /// Multiplies the regime's lean.
        let leanScale: Double
        let tick: Double
        /// Usual volume of an hour, in lots times price.
        let hourLotsValue: Double
    }

    /// - Parameter instrumentCount: how many coins are offered, 1 to `maximumInstruments` (clamped). The path of
    ///   a coin depends on the seed and its name only. About a quarter of the first 30 is there to be filtered out.
    /// - Parameter crash: a fall of the whole market on top of its usual moves.
    public init(seed: UInt64, instrumentCount: Int = 30, crash: MarketCrash? = nil) {
        self.seed = seed
        self.crash = crash
        let marketKey = Noise.key(seed, "market")
        let count = min(max(instrumentCount, 1), Self.maximumInstruments)
        let chosen = SyntheticCoin.first(count).compactMap { Listing($0, seed: seed, marketKey: marketKey) }
        listings = chosen.sorted { $0.instrument.symbol < $1.instrument.symbol }
        instruments = listings.map(\.instrument)
        regimeKey = Noise.key(seed, "regime")
        indices = Dictionary(uniqueKeysWithValues: zip(instruments.map(\.symbol), instruments.indices))
    }

    /// Where a symbol stands in `instruments`; nil if it is not offered.
    public func index(of symbol: Symbol) -> Int? { indices[symbol] }

    /// When an instrument's history began, as seen at `time`; nil for a symbol that is not offered.
    public func listedSince(_ symbol: Symbol, at time: Timestamp) -> Timestamp? {
        index(of: symbol).map { listedSince($0, at: time) }
    }

    func listedSince(_ index: Int, at time: Timestamp) -> Timestamp {
        guard listings[index].coin.isFresh, time > Self.epoch else { return Self.epoch }
        return time.floored(to: .days(20))
    }

    /// The regime that rules at a time; nil before the epoch.
    public func regime(at time: Timestamp) -> Regime? {
        guard time >= Self.epoch else { return nil }
        let cell = Regime.cell(key: regimeKey, hour: Int((time - Self.epoch).milliseconds / 3_600_000))
        return Regime(start: Self.epoch + .hours(cell.start), hours: cell.hours, leanAtStart: cell.from, leanAtEnd: cell.to)
    }
}

extension SyntheticMarket.Listing {
    init?(_ coin: SyntheticCoin, seed: UInt64, marketKey: UInt64) {
        guard let base = Currency(coin.code),
            let instrument = Instrument(symbol: Symbol(base, .usdt), tickSize: coin.tick, lotStep: coin.lot, minNotional: coin.minNotional)
        else { return nil }
        self.coin = coin
        self.instrument = instrument
        shape = PathShape(coinKey: Noise.key(seed, coin.code), marketKey: marketKey, hourlySigma: coin.sigma / 100, common: coin.common)
        logPrice = Mathematics.log(coin.price.double)
        leanScale = coin.common * coin.sigma / 100
        tick = coin.tick.double
        hourLotsValue = coin.dayMillions * 1e6 / 24 / coin.lot.double
    }
}
