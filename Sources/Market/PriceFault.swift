// Why a price history may not be acted on, each reason with its numbers, so that a report can name
// it. Rows 50 to 55 of the fault catalogue are these cases.
public import Kernel

/// One reason not to act on an instrument's prices.
public enum PriceFault: Hashable, Codable, Sendable {
    /// There is no candle at all.
    case missing
    /// The source gave no candles, or none that can be believed (53), and why.
    case unreadable(why: String)
    /// The newest candle closed longer ago than one interval (50).
    case stale(lastClose: Timestamp, age: TimeSpan, limit: TimeSpan)
    /// A candle that is not over by the venue's time was offered as closed (51).
    case unclosed(openTime: Timestamp, venueTime: Timestamp)
    /// A candle does not open on a multiple of its time frame (52).
    case offGrid(openTime: Timestamp)
    /// Two candles open at the same moment (52).
    case duplicate(openTime: Timestamp)
    /// A candle opens before its predecessor has closed, or before its predecessor (52).
    case overlapping(openTime: Timestamp)
    /// More candles are missing among the newest `window` intervals than allowed (52).
    case gaps(missing: Int, window: Int, limit: Int)
    /// A high, low or close lies outside `factor` times, or under one part in `factor` of, the median close (54).
    case wick(openTime: Timestamp, price: Price, median: Price, factor: Int)
    /// The last close lies further from the ticker than any market moves: a shifted decimal or a false print (54).
    case shifted(close: Price, ticker: Price, difference: Ratio, limit: Ratio)
    /// Two sources of the current price differ by more than the limit (55).
    case disputed(first: Price, second: Price, difference: Ratio, limit: Ratio)
    /// The ticker is older than allowed, or from the future by as much.
    case staleTicker(time: Timestamp, limit: TimeSpan)
    /// The best bid stands above the best ask.
    case crossedBook(bid: Price, ask: Price)
    /// There is no ticker to compare with: a price nobody confirms.
    case unconfirmed

    /// True if asking the source again may cure it; a disputed price is not cured by asking.
    public var worthAskingAgain: Bool {
        switch self {
        case .missing, .stale, .unclosed, .offGrid, .duplicate, .overlapping, .gaps, .staleTicker, .crossedBook, .unconfirmed: true
        case .unreadable, .wick, .shifted, .disputed: false
        }
    }
}
