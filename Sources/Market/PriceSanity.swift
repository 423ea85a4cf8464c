// The check between a price and a decision: fresh, closed, complete, in band and undisputed, or the
// list of reasons why not. Promise I6: only sane input decides. Values that are no prices at all
// (null, NaN, zero, high below low) never get this far: `Price` and `Candle` refuse them.
public import Kernel

/// The limits of the price check.
public struct PriceSanity: Hashable, Codable, Sendable {
    /// Intervals in which `recentGaps` counts. A gap here would bend every short indicator, so none is allowed.
    public var recentWindow = 24
    public var recentGaps = 0
    /// Intervals in which `longGaps` counts: what the longest indicator reads.
    public var longWindow = 200
    public var longGaps = 3
    /// A price outside `median × factor` or `median ÷ factor` is a wick or a decimal shift. Of 315,000 real
    /// hours of twelve coins 15 lie outside 3 (one coin that rose eightfold in a day); real errors are 10.
    public var wickFactor = 3
    /// The largest distance from last close to ticker that a market could have gone since: 14 of those
    /// hours moved further, in a whole hour.
    public var shiftLimit: Ratio = "0.25"
    /// The largest distance between two sources of the current price.
    public var disputeLimit: Ratio = "0.02"
    /// How old a ticker may be at the decision.
    public var tickerAge: TimeSpan = .minutes(5)

    public init() {}

    /// All reasons not to act on these candles, in a fixed order; empty if they are usable.
    /// - Parameters:
    ///   - candles: as a source gave them, all offered as closed.
    ///   - second: the price of another source at the same time, if there is one.
    ///   - venueTime: the decision's time by the venue's clock.
    public func faults(
        of candles: [Candle], _ timeframe: Timeframe, ticker: Ticker?, second: Price? = nil,
        venueTime: Timestamp
    ) -> [PriceFault] {
        guard let last = candles.last else { return [.missing] }
        var faults = order(of: candles, timeframe)
        let ordered = faults.isEmpty
        faults += freshness(of: candles, timeframe, venueTime)
        if ordered {
            faults += gaps(in: candles, timeframe, window: recentWindow, limit: recentGaps)
            faults += gaps(in: candles, timeframe, window: longWindow, limit: longGaps)
        }
        faults += wicks(in: candles)
        guard let ticker else { return faults + [.unconfirmed] }
        return faults + dispute(last.close, closedAt: last.closeTime(timeframe), ticker, second, venueTime)
    }

    /// Grid, duplicates and overlaps.
    private func order(of candles: [Candle], _ timeframe: Timeframe) -> [PriceFault] {
        var faults: [PriceFault] = []
        var previous: Candle?
        for candle in candles {
            if let previous {
                if candle.openTime == previous.openTime {
                    faults.append(.duplicate(openTime: candle.openTime))
                } else if candle.openTime < previous.closeTime(timeframe) {
                    faults.append(.overlapping(openTime: candle.openTime))
                }
            }
            if candle.openTime.floored(to: timeframe.duration) != candle.openTime {
                faults.append(.offGrid(openTime: candle.openTime))
            }
            previous = candle
        }
        return faults
    }

    private func freshness(of candles: [Candle], _ timeframe: Timeframe, _ venueTime: Timestamp) -> [PriceFault] {
        var faults: [PriceFault] = candles.filter { $0.closeTime(timeframe) > venueTime }
            .map { .unclosed(openTime: $0.openTime, venueTime: venueTime) }
        if let closed = candles.map({ $0.closeTime(timeframe) }).filter({ $0 <= venueTime }).max() {
            let age = venueTime - closed
            if age > timeframe.duration { faults.append(.stale(lastClose: closed, age: age, limit: timeframe.duration)) }
        }
        return faults
    }

    /// Counts intervals without a candle between the first candle inside the window and the last one.
    private func gaps(in candles: [Candle], _ timeframe: Timeframe, window: Int, limit: Int) -> [PriceFault] {
        guard let last = candles.last, let first = candles.first else { return [] }
        let windowStart = last.openTime - timeframe.duration * (window - 1)
        let start = max(first.openTime, windowStart)
        let present = candles.reversed().prefix { $0.openTime >= start }.count
        let expected = Int((last.openTime - start).milliseconds / timeframe.duration.milliseconds) + 1
        let missing = expected - present
        return missing > limit ? [.gaps(missing: missing, window: window, limit: limit)] : []
    }
}
