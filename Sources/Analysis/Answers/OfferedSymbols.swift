// Which texts mean which offered symbol. Only spellings that name a pair without a guess are known:
// the pair joined or with one separator, its base alone if one pair has it, a venue's prefix, a `$`.

struct OfferedSymbols {
    private let offered: [String]
    /// Upper-case spelling to place in `offered`; nil if two pairs share the spelling.
    private var places: [String: Int?] = [:]

    init(_ offered: [String]) {
        self.offered = offered
        for (place, text) in offered.enumerated() {
            let name = AnswerCharacters.uppercased(text)
            add(name, place)
            guard let (base, quote) = Self.parts(name) else { continue }
            for spelling in [base + quote, "\(base)/\(quote)", "\(base)-\(quote)", "\(base)_\(quote)", base] { add(spelling, place) }
        }
    }

    /// The offered symbol a text names; nil for anything that would need a guess.
    func resolve(_ text: String) -> String? {
        let trimmed = AnswerCharacters.trimmed(text)
        guard trimmed.utf8.count <= 64, trimmed.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var name = AnswerCharacters.uppercased(trimmed)
        var prefixed = false
        if let colon = name.firstIndex(of: ":") {
            let venue = name[..<colon].utf8
            guard (2...12).contains(venue.count), venue.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }) else { return nil }
            name = String(name[name.index(after: colon)...])
            prefixed = true
        } else if name.hasPrefix("$") {
            name.removeFirst()
        }
        guard let known = places[name], let place = known else { return nil }
        // A venue lists pairs, not coins.
        if prefixed, let (base, _) = Self.parts(AnswerCharacters.uppercased(offered[place])), base == name { return nil }
        return offered[place]
    }

    private mutating func add(_ spelling: String, _ place: Int) {
        guard let known = places[spelling] else { places[spelling] = .some(place); return }
        if let other = known, !Self.samePair(offered[other], offered[place]) { places[spelling] = .some(nil) }
    }

    private static func samePair(_ a: String, _ b: String) -> Bool {
        let (a, b) = (AnswerCharacters.uppercased(a), AnswerCharacters.uppercased(b))
        if a == b { return true }
        guard let a = parts(a), let b = parts(b) else { return false }
        return a == b
    }

    /// Base and quote of `BTC/USDT`, `BTC-USDT`, `BTC_USDT` or, by its known quote, `BTCUSDT`.
    private static func parts(_ name: String) -> (base: String, quote: String)? {
        let pieces = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" || $0 == "_" }
        if pieces.count == 2, !pieces[0].isEmpty, !pieces[1].isEmpty { return (String(pieces[0]), String(pieces[1])) }
        guard pieces.count == 1 else { return nil }
        for quote in quotes where name.hasSuffix(quote) && name.utf8.count > quote.utf8.count {
            return (String(name.dropLast(quote.count)), quote)
        }
        return nil
    }

    private static let quotes = ["FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USD", "EUR", "KRW", "JPY", "TRY", "BTC", "ETH", "BNB"]
}
