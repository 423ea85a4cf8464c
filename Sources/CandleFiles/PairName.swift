// What a pair's name means. `BTCUSDT` is one pair; `ARBUSD` is ARB/USD or AR/BUSD: only a person or the rules beside the file
// know which, and a guess would be a pair that does not exist.
import Kernel
public import Market

public enum PairName: Hashable, Sendable {
    case pair(Symbol)
    /// Each of these may be meant; the one with the shortest quote first.
    case doubt([Symbol])
    /// A perpetual or something else that is not spot; the text says what.
    case notSpot(String)
    /// It tells no pair.
    case unknown

    /// Reads `BTC/USDT`, `BTC-USDT`, `BTC_USDT` and `BTCUSDT`, in capitals or in small letters.
    /// - Parameter known: pairs that are known from elsewhere; if one of them is written so, it is meant.
    public init(_ text: String, known: [Symbol] = []) {
        guard text.utf8.allSatisfy({ $0 < 128 }), text == text.uppercased() || text == text.lowercased() else {
            self = .unknown
            return
        }
        let parts = text.uppercased().split(omittingEmptySubsequences: false) { "/-_".contains($0) }.map(String.init)
        if parts.dropFirst().contains(where: Self.isPerpetual) || (parts.count == 1 && parts[0].hasSuffix("PERP")) {
            self = .notSpot("a perpetual")
        } else if parts.count == 1 {
            self = Self.joined(parts[0], known)
        } else if parts.count == 2, let base = Currency(parts[0]), let quote = Currency(parts[1]),
            text.contains("/") || QuoteCurrency.codes.contains(quote.code) || known.contains(Symbol(base, quote))
        {
            self = .pair(Symbol(base, quote))
        } else if text.contains("_") || parts.last.map({ $0.utf8.count == 6 && $0.allSatisfy(\.isNumber) }) ?? false {
            self = .notSpot(parts.dropFirst().joined(separator: "_"))
        } else {
            self = .unknown
        }
    }

    private static func isPerpetual(_ part: String) -> Bool { part.hasPrefix("PERP") || part == "SWAP" }

    private static func joined(_ text: String, _ known: [Symbol]) -> PairName {
        let told = Set(known.filter { $0.joined == text })
        let meant =
            told.isEmpty
            ? QuoteCurrency.codes.filter(text.hasSuffix).compactMap { code in
                Currency(String(text.dropLast(code.utf8.count))).flatMap { base in Currency(code).map { Symbol(base, $0) } }
            } : told.sorted()
        let famous = meant.count > 1 ? meant.filter { QuoteCurrency.coins.contains($0.base.code) } : meant
        return meant.isEmpty ? .unknown : famous.count == 1 ? .pair(famous[0]) : .doubt(meant)
    }

    /// `BNB/USD or BN/BUSD`.
    public static func words(_ pairs: [Symbol]) -> String { pairs.map(\.description).joined(separator: " or ") }
}
