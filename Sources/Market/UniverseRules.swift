// What an instrument must be to be offered to the analysts. Every limit is a setting; the defaults
// are the rule book's.
public import Kernel

/// One filter, in the order in which the funnel applies them.
public enum UniverseFilter: String, CaseIterable, Codable, Sendable {
    case quote, stablecoin, leveragedToken, marketCap, quoteVolume, spread, listingAge
    /// Passed all others, but more instruments did than are offered: the least traded stay out.
    case rank
}

/// The limits of the universe.
public struct UniverseRules: Hashable, Codable, Sendable {
    /// The account's quote currency: nothing else is tradable.
    public var quote: Currency
    /// In USD.
    public var minimumMarketCap: FixedDecimal = "100000000"
    /// Traded in 24 hours, in quote units.
    public var minimumQuoteVolume: FixedDecimal = "5000000"
    /// (ask - bid) ÷ mid; 0.002 is 20 bps.
    public var maximumSpread: Ratio = "0.002"
    public var minimumListing: TimeSpan = .days(30)
    /// Coins pegged to money beside the built-in list.
    public var moreStablecoins: [Currency] = []
    /// Filters that let an instrument pass if there is no data for them.
    public var passWhereUnknown: [UniverseFilter] = []

    public init(quote: Currency) { self.quote = quote }

    /// Coins pegged to a currency, and currencies themselves, which venues list as if they were coins.
    public static let pegged: [String] = [
        "AEUR", "ARS", "AUD", "BFUSD", "BRL", "BUSD", "COP", "CRVUSD", "CZK", "DAI", "EUR", "EURC", "EURI", "EURS", "EURT",
        "FDUSD", "FRAX", "GBP", "GHO", "GUSD", "HUSD", "JPY", "LUSD", "MIM", "MXN", "NGN", "PAX", "PLN", "PYUSD", "RLUSD",
        "RON", "RUB", "SUSD", "TRY", "TUSD", "UAH", "USD", "USD0", "USD1", "USDB", "USDC", "USDD", "USDE", "USDF", "USDG",
        "USDP", "USDS", "USDT", "USDX", "USDY", "UST", "USTC", "VAI", "XUSD", "ZAR", "ZUSD"
    ]

    func isStablecoin(_ asset: Currency) -> Bool {
        Self.pegged.contains(asset.code) || moreStablecoins.contains(asset)
    }

    /// Whether a ticker is a leveraged token's. `3L`, `5S` and the words DOWN, BULL and BEAR are enough;
    /// `UP` ends ordinary names too (JUP, SYRUP), so the letters before it must be a coin of the venue.
    static func isLeveraged(_ asset: Currency, among bases: Set<Currency>) -> Bool {
        let code = asset.code
        if code == "BULL" || code == "BEAR" { return true }
        for suffix in ["DOWN", "BULL", "BEAR"] where code.hasSuffix(suffix) && code.count > suffix.count { return true }
        let tail = Array(code.utf8.suffix(2))
        if code.count > 3, (UInt8(ascii: "2")...UInt8(ascii: "5")).contains(tail[0]),
            tail[1] == UInt8(ascii: "L") || tail[1] == UInt8(ascii: "S")
        {
            return true
        }
        guard code.hasSuffix("UP"), let stem = Currency(String(code.dropLast(2))) else { return false }
        return bases.contains(stem)
    }
}
