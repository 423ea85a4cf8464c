// Why an instrument is not offered, in words and numbers for a report.
import Kernel

extension PriceFault {
    public var words: String {
        switch self {
        case .missing: "no candles"
        case .unreadable(let why): "its candles could not be read (\(why))"
        case .stale(let lastClose, let age, let limit): "its last candle closed \(lastClose), \(age.minutes) min ago, limit \(limit.minutes) min"
        case .unclosed(let openTime, _): "the candle of \(openTime) is not over yet"
        case .offGrid(let openTime): "a candle opens at \(openTime), off the grid"
        case .duplicate(let openTime): "two candles of \(openTime)"
        case .overlapping(let openTime): "the candle of \(openTime) overlaps the one before"
        case .gaps(let missing, let window, let limit): "\(missing) of the last \(window) candles are missing, limit \(limit)"
        case .wick(let openTime, let price, let median, let factor): "\(price) at \(openTime) is not within \(factor) times of the median \(median)"
        case .shifted(let close, let ticker, let difference, let limit), .disputed(let close, let ticker, let difference, let limit):
            "two prices disagree: \(close) and \(ticker), \(difference.percent(1)) % apart, limit \(limit.percent(0)) %"
        case .staleTicker(let time, let limit): "its price is of \(time), limit \(limit.minutes) min"
        case .crossedBook(let bid, let ask): "the best bid \(bid) is above the best ask \(ask)"
        case .unconfirmed: "no current price confirms its candles"
        }
    }

    /// One word for a list of many.
    public var word: String {
        switch self {
        case .missing: "no candles"
        case .unreadable: "unreadable"
        case .stale, .staleTicker: "stale"
        case .unclosed: "not closed"
        case .offGrid, .overlapping, .duplicate: "out of order"
        case .gaps: "gaps"
        case .wick, .shifted: "absurd price"
        case .disputed, .crossedBook: "disputed price"
        case .unconfirmed: "unconfirmed"
        }
    }
}

extension Exclusion {
    public var words: String {
        guard !unknown else { return "\(filter.rawValue) unknown" }
        let numbers = [measured.map { "\($0)" }, limit.map { "limit \($0)" }].compactMap { $0 }
        return filter.rawValue + (numbers.isEmpty ? "" : " " + numbers.joined(separator: ", "))
    }
}

extension UniverseVerdict {
    /// Why it is not offered; empty if it is.
    public var words: String { (exclusions.map(\.words) + faults.map(\.words)).joined(separator: "; ") }
}

extension TimeSpan {
    fileprivate var minutes: Int64 { milliseconds / 60_000 }
}
