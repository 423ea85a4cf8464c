// What a candle file's name says, read once for the demo, the lab and the store: `<BASE><QUOTE>-<interval>.csv[.gz]`, with a
// month behind it in a venue's archives. What a name does not say is never guessed.
public import Kernel
public import Market

public struct CandleFileName: Hashable, Sendable {
    public enum Packing: String, Sendable, CaseIterable {
        case zip = ".zip", gzip = ".csv.gz", plain = ".csv"
    }

    public enum Interval: Hashable, Sendable {
        case told(Timeframe)
        /// An interval that candles do not have here, such as `2h`, as it is written.
        case other(String)
        case untold
    }

    public let pair: PairName
    public let interval: Interval
    /// What stands behind the interval: `2024-01` in `BTCUSDT-1m-2024-01.zip`.
    public let period: String
    public let packing: Packing
    /// Without folder and ending.
    public let stem: String

    /// Reads a file's name without its folder; nil for anything but a candle file.
    /// - Parameter known: pairs that are known from elsewhere, which end the doubt about a name such as `ARBUSD`.
    public init?(_ file: String, known: [Symbol] = []) {
        guard !file.hasPrefix("."), let packing = Packing.allCases.first(where: { file.hasSuffix($0.rawValue) }) else { return nil }
        self.packing = packing
        stem = String(file.dropLast(packing.rawValue.utf8.count))
        let parts = stem.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let place = parts.indices.dropFirst().first { Self.isInterval(parts[$0]) }
        pair = PairName(parts[..<(place ?? parts.count)].joined(separator: "-"), known: known)
        interval = place.map { Timeframe(rawValue: parts[$0]).map(Interval.told) ?? .other(parts[$0]) } ?? .untold
        period = place.map { parts[($0 + 1)...].joined(separator: "-") } ?? ""
    }

    /// Digits and a unit, also one that candles do not have here.
    private static func isInterval(_ part: String) -> Bool {
        guard part.utf8.count <= 3, let unit = part.last, "smhdwM".contains(unit) else { return false }
        return part.utf8.count > 1 && part.dropLast().allSatisfy { ("0"..."9").contains($0) }
    }

    public var timeframe: Timeframe? { if case .told(let timeframe) = interval { timeframe } else { nil } }
}

/// What a file is to a demo or the lab, which read it where it lies.
public enum CandleFileUse: Hashable, Sendable {
    case candles(Symbol, Timeframe)
    /// The interval must be read from its rows. nil if its name is one word that is no pair either.
    case untold(Symbol?)
    /// Candles that cannot be used this way, and why.
    case unusable(String)
}

extension CandleFileName {
    public static let intervals = Timeframe.allCases.map(\.rawValue).joined(separator: " ")

    /// - Parameter quote: what the pair must be quoted in; nil for anything.
    public func use(in quote: Currency? = nil) -> CandleFileUse {
        switch pair {
        case .notSpot(let kind): return .unusable("\(kind), not spot")
        case .doubt(let pairs):
            guard quote.map({ quote in pairs.contains { $0.quote == quote } }) ?? true else { return .unusable("not quoted in \(quote?.code ?? "")") }
            let first = pairs[0]
            return .unusable(
                "its name is \(PairName.words(pairs)): say which in \(InstrumentsFile.fileName) beside it, "
                    + "or name it as in \(first.base)-\(first.quote)-1h.csv"
            )
        case .unknown:
            if interval == .untold, !stem.isEmpty, Currency(stem.uppercased()) != nil, stem.utf8.allSatisfy({ $0 < 128 }) { return .untold(nil) }
            return .unusable("its name tells no pair and interval, as BTCUSDT-1h.csv does")
        case .pair(let symbol):
            if let quote, symbol.quote != quote { return .unusable("not quoted in \(quote)") }
            switch interval {
            case .told(let timeframe): return .candles(symbol, timeframe)
            case .other: return .unusable("interval is none of \(Self.intervals)")
            case .untold: return .untold(symbol)
            }
        }
    }

    /// Whether a folder's reader takes it: a file that is packed for transport or is one month of many is for the store to import.
    public var isWhole: Bool { packing != .zip && period.isEmpty }
    public static let partReason = "one part of a history: carillon candles import takes it"
}
