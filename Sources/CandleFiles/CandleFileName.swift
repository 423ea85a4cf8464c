// What a candle file's name says: `<BASE><QUOTE>-<interval>.csv[.gz]`. A name that says something else
// (a perpetual, another quote) is set aside with the reason, never read by guess.
import Domain

/// A file that holds candles of one spot pair in the account's quote.
struct CandleFileName: Hashable, Sendable {
    let symbol: Symbol
    let timeframe: Timeframe
    let isCompressed: Bool

    enum Reading: Hashable, Sendable {
        case candles(CandleFileName)
        /// A candle file of something else, and why it is not offered.
        case excluded(String)
        /// No candle file at all; nothing to say about it.
        case other
    }

    /// Reads a file name (without folder).
    static func read(_ name: String, quote: Currency) -> Reading {
        let isCompressed = name.hasSuffix(".csv.gz")
        guard isCompressed || name.hasSuffix(".csv") else { return .other }
        let stem = name.dropLast(isCompressed ? 7 : 4)
        guard let dash = stem.lastIndex(of: "-") else { return .excluded("not named <BASE><QUOTE>-<interval>.csv") }
        let pair = stem[..<dash], interval = stem[stem.index(after: dash)...]
        if let mark = pair.firstIndex(of: "_") {
            return .excluded(pair[mark...].contains("PERP") ? "a perpetual, not spot" : "\(pair[mark...].dropFirst()), not spot")
        }
        guard pair.hasSuffix(quote.code), let base = Currency(String(pair.dropLast(quote.code.count))) else {
            return .excluded("not quoted in \(quote)")
        }
        guard let timeframe = Timeframe(rawValue: String(interval)) else {
            return .excluded("interval is none of \(Timeframe.allCases.map(\.rawValue).joined(separator: " "))")
        }
        return .candles(CandleFileName(symbol: Symbol(base, quote), timeframe: timeframe, isCompressed: isCompressed))
    }
}
