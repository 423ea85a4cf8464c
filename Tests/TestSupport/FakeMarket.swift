// A market a test can steer: each instrument has a level that stays until it is moved, single minutes
// can be given by hand, and each kind of answer can be taken away.
public import Kernel
public import Market
public import Ports
import Synchronization
public import Trading

public final class FakeMarket: MarketFeed {
    private struct State {
        var levels: [Symbol: [(from: Timestamp, price: Price)]] = [:]
        var bars: [Symbol: [Timestamp: Candle]] = [:]
        var listsNothing = false
        var isBlind: Set<Symbol> = []
        var withheld: [Symbol: Timestamp] = [:]
        var quotes: [Symbol: Result<Quote, FeedError>]?
    }
    public let name = "fake market"
    private let listed: [Instrument]
    private let state: Mutex<State>

    /// Every instrument stands at `price` until it is moved.
    public init(_ instruments: [Instrument], at price: Price) {
        listed = instruments.sorted { $0.symbol < $1.symbol }
        var first = State()
        for instrument in instruments { first.levels[instrument.symbol] = [(Timestamp(milliseconds: 0), price)] }
        state = Mutex(first)
    }

    /// From the minute of `time` on, flat at `price`.
    public func move(_ symbol: Symbol, to price: Price, at time: Timestamp) {
        state.withLock { $0.levels[symbol, default: []].append((time.floored(to: .minutes(1)), price)) }
    }
    /// One minute as it shall have been.
    public func set(_ symbol: Symbol, _ bar: Candle) { state.withLock { $0.bars[symbol, default: [:]][bar.openTime] = bar } }
    /// The list of instruments cannot be read.
    public func hideList(_ hidden: Bool) { state.withLock { $0.listsNothing = hidden } }
    /// The candles of an instrument cannot be read.
    public func blind(_ symbol: Symbol, _ blind: Bool = true) {
        state.withLock { state in _ = blind ? state.isBlind.insert(symbol).inserted : state.isBlind.remove(symbol) != nil }
    }

    /// Candles that open at `time` or later are not there yet; nil gives them back.
    public func withhold(_ symbol: Symbol, from time: Timestamp?) { state.withLock { $0.withheld[symbol] = time } }

    /// From now on there is a second source, and it says this; of an instrument that is not in it nothing can be read.
    public func quote(_ quotes: [Symbol: Quote]) { state.withLock { $0.quotes = quotes.mapValues { .success($0) } } }

    public var hasQuotes: Bool { state.withLock { $0.quotes != nil } }

    public func quote(of symbol: Symbol) async throws(FeedError) -> Quote? {
        guard let quotes = state.withLock({ $0.quotes }) else { return nil }
        return try (quotes[symbol] ?? .failure(FeedError(.timeout, source: name, "no quote of \(symbol)"))).get()
    }

    public func price(_ symbol: Symbol, at time: Timestamp) -> Price? {
        state.withLock { $0.levels[symbol]?.last { $0.from <= time }?.price }
    }

    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { .m1 }

    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] {
        guard !state.withLock({ $0.listsNothing }) else { throw FeedError(.unreachable, source: name, "no list") }
        return listed
    }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] {
        listed.compactMap { instrument in
            price(instrument.symbol, at: time).map { Ticker(symbol: instrument.symbol, time: time, last: $0, quoteVolume: "50000000") }
        }
    }

    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int)
        async throws(FeedError) -> [Candle]
    {
        let state = state.withLock { $0 }
        guard !state.isBlind.contains(symbol) else { throw FeedError(.timeout, source: name, "no candles of \(symbol)") }
        let floor = start.floored(to: timeframe.duration)
        var open = floor < start ? floor + timeframe.duration : floor
        var candles: [Candle] = []
        while open + timeframe.duration <= end, state.withheld[symbol].map({ open < $0 }) ?? true {
            if let bar = state.bars[symbol]?[open] {
                candles.append(bar)
            } else if let level = state.levels[symbol]?.last(where: { $0.from <= open })?.price,
                let flat = Candle(openTime: open, open: level, high: level, low: level, close: level, volume: .zero)
            {
                candles.append(flat)
            }
            open = open + timeframe.duration
        }
        return Array(candles.suffix(limit))
    }
}
