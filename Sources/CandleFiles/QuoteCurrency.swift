// What pairs are quoted in. A name such as `BTCUSDT` has no stroke, so only a list of quotes takes it apart; and a smallest
// order that nobody gave is small money of the quote, not ten of whatever it is.
package import Kernel

package enum QuoteCurrency {
    private static let dollars = [
        "USDT", "USDC", "FDUSD", "USD", "USD1", "TUSD", "BUSD", "USDP", "GUSD", "PYUSD", "RLUSD", "DAI", "USDD", "USDE", "USDS", "UST", "PAX", "EURI",
        "AEUR"
    ]
    /// Quotes by their codes, each with the amount that is about ten dollars.
    private static let others: [(codes: [String], tenDollars: FixedDecimal)] = [
        (["EUR", "GBP", "CHF", "AUD", "CAD", "NZD", "SGD"], "10"), (["BTC", "XBT"], "0.0001"), (["ETH"], "0.005"), (["BNB"], "0.02"),
        (["SOL"], "0.1"), (["XRP", "DOT"], "5"), (["TRX", "DOGE"], "50"), (["BRL", "PLN", "RON"], "50"),
        (["MXN", "ZAR", "CZK", "HKD", "CNY", "SEK", "NOK", "DKK"], "100"),
        (["TRY", "UAH", "THB", "PHP", "INR", "TWD"], "500"), (["RUB", "JPY"], "1000"), (["ARS", "KRW", "NGN"], "10000"), (["COP"], "50000"),
        (["IDR", "IDRT", "BIDR", "VND", "BVND"], "200000")
    ]

    /// The shortest first.
    static let codes: [String] = (dollars + others.flatMap(\.codes)).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }

    /// Coins everybody knows. If one meaning of a name is of such a coin and no other is, that one is meant: nobody writes BTCFD/USD.
    static let coins: Set<String> = [
        "1INCH", "AAVE", "ADA", "ALGO", "APT", "AR", "ARB", "ATOM", "AVA", "AVAX", "AXS", "BAT", "BCH", "BNB", "BTC", "BTCB", "BTT", "CAKE", "COMP",
        "CRV", "DASH", "DOGE", "DOT",
        "EGLD", "ENJ", "EOS", "ETC", "ETH", "FET", "FIL", "FTM", "FTT", "GALA", "GRT", "HBAR", "ICP", "IMX", "INJ", "LDO", "LINK", "LTC", "MANA",
        "MATIC", "MKR", "NEAR", "NEO", "OP",
        "PEPE", "POL", "RUNE", "SAND", "SHIB", "SNX", "SOL", "SUI", "TON", "TRX", "UNI", "USD", "USDC", "USDT", "VET", "WBTC", "XBT", "XLM", "XMR",
        "XRP", "XTZ", "ZEC"
    ]

    /// An order no smaller than this is believed to be taken if no rules are given.
    package static func assumedMinimum(_ quote: Currency) -> FixedDecimal { others.first { $0.codes.contains(quote.code) }?.tenDollars ?? "10" }
}
