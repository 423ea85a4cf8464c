// The coins of the synthetic market: names people know, numbers that are made up. Some are there to
// be left out: a stablecoin, a leveraged token, a thin one, a small one, a wide one and one that was
// listed days ago, so that a universe filter has something to say.
import Kernel

/// One coin's fixed facts. Prices and volumes only set the scale that the path starts from.
struct SyntheticCoin: Sendable {
    let code: String, id: String
    /// The price the path wanders about, its tick, the lot and the smallest order.
    let price: FixedDecimal, tick: FixedDecimal, lot: FixedDecimal, minNotional: FixedDecimal
    /// Millions of USD: market capitalisation (0 if nobody states one) and usual volume of a day.
    let capMillions: Int, dayMillions: Double
    /// An hour's standard deviation in percent, the market's part in it (0 to 1), the usual spread in basis points.
    let sigma: Double, common: Double, spread: Double

    private init(
        _ code: String, _ id: String, _ price: FixedDecimal, _ tick: FixedDecimal, _ lot: FixedDecimal, _ minNotional: FixedDecimal,
        _ capMillions: Int, _ dayMillions: Double, _ sigma: Double, _ common: Double, _ spread: Double
    ) {
        self.code = code
        self.id = id
        self.price = price
        self.tick = tick
        self.lot = lot
        self.minNotional = minNotional
        self.capMillions = capMillions
        self.dayMillions = dayMillions
        self.sigma = sigma
        self.common = common
        self.spread = spread
    }

    /// This coin's history begins anew every 20 days, so at any time it is a recent listing.
    var isFresh: Bool { code == "FRESH" }

    /// The first so many coins: the named ones, then ordinary ones that only have a number.
    static func first(_ count: Int) -> [SyntheticCoin] {
        all.prefix(count) + (all.count..<max(all.count, count)).map { numbered($0 + 1) }
    }

    private static func numbered(_ n: Int) -> SyntheticCoin {
        let scales: [(FixedDecimal, FixedDecimal, FixedDecimal)] = [
            ("0.4", "0.00001", "1"), ("2.5", "0.0001", "0.1"), ("18", "0.001", "0.01"), ("130", "0.01", "0.001")
        ]
        let scale = scales[n % scales.count]
        return SyntheticCoin(
            "COIN\(n.padded(3))", "coin-\(n)", scale.0, scale.1, scale.2, "10", 300 + 7 * (n % 40), 9 + Double(n % 12),
            0.9 + 0.05 * Double(n % 10), 0.6 + 0.02 * Double(n % 10), 9)
    }

    static let all: [SyntheticCoin] = [
        SyntheticCoin("BTC", "bitcoin", "60000", "0.01", "0.00001", "5", 1_180_000, 2100, 0.8, 0.86, 1),
        SyntheticCoin("ETH", "ethereum", "3000", "0.01", "0.0001", "5", 361_000, 1250, 0.88, 0.86, 1),
        SyntheticCoin("SOL", "solana", "140", "0.01", "0.001", "5", 65_000, 620, 1.15, 0.8, 2),
        SyntheticCoin("BNB", "bnb", "560", "0.01", "0.001", "5", 84_000, 240, 0.85, 0.78, 2),
        SyntheticCoin("XRP", "xrp", "0.55", "0.0001", "0.1", "5", 31_000, 310, 1.0, 0.7, 2),
        SyntheticCoin("USDC", "usd-coin", "1", "0.0001", "0.1", "5", 33_000, 540, 0.004, 0.1, 1),
        SyntheticCoin("DOGE", "dogecoin", "0.12", "0.00001", "1", "5", 17_500, 280, 1.25, 0.74, 3),
        SyntheticCoin("ADA", "cardano", "0.45", "0.0001", "0.1", "5", 16_000, 95, 1.1, 0.8, 3),
        SyntheticCoin("AVAX", "avalanche", "28", "0.001", "0.01", "5", 11_200, 88, 1.22, 0.8, 3),
        SyntheticCoin("BTCUP", "btcup", "20", "0.001", "0.01", "10", 0, 14, 1.5, 0.86, 12),
        SyntheticCoin("LINK", "chainlink", "14", "0.001", "0.01", "5", 8500, 92, 1.15, 0.8, 3),
        SyntheticCoin("DOT", "polkadot", "6.5", "0.001", "0.01", "5", 9300, 61, 1.12, 0.82, 4),
        SyntheticCoin("LTC", "litecoin", "80", "0.01", "0.001", "5", 6000, 74, 0.95, 0.76, 4),
        SyntheticCoin("TRX", "tron", "0.12", "0.00001", "0.1", "5", 10_500, 52, 0.82, 0.56, 4),
        SyntheticCoin("NEAR", "near", "5", "0.001", "0.1", "10", 5500, 66, 1.3, 0.78, 4),
        SyntheticCoin("PEAKY", "peaky", "0.02", "0.000001", "1", "10", 148, 1.3, 1.35, 0.58, 18),
        SyntheticCoin("UNI", "uniswap", "8", "0.001", "0.01", "10", 4800, 48, 1.25, 0.76, 5),
        SyntheticCoin("ATOM", "cosmos", "7", "0.001", "0.01", "10", 2800, 39, 1.1, 0.78, 5),
        SyntheticCoin("XLM", "stellar", "0.11", "0.00001", "1", "10", 3200, 34, 1.0, 0.68, 5),
        SyntheticCoin("FRESH", "fresh-protocol", "1.4", "0.0001", "0.1", "10", 420, 75, 1.4, 0.56, 8),
        SyntheticCoin("FIL", "filecoin", "5.5", "0.001", "0.01", "10", 3100, 42, 1.25, 0.76, 5),
        SyntheticCoin("APT", "aptos", "8.5", "0.001", "0.01", "10", 4200, 44, 1.32, 0.74, 5),
        SyntheticCoin("ICP", "internet-computer", "9.5", "0.001", "0.01", "10", 4400, 27, 1.25, 0.74, 6),
        SyntheticCoin("SMALLCAP", "smallcap", "0.3", "0.00001", "1", "10", 62, 9.5, 1.4, 0.56, 14),
        SyntheticCoin("ARB", "arbitrum", "0.9", "0.0001", "0.1", "10", 2900, 58, 1.3, 0.78, 5),
        SyntheticCoin("ETC", "ethereum-classic", "24", "0.01", "0.01", "10", 3500, 31, 1.15, 0.78, 6),
        SyntheticCoin("HBAR", "hedera", "0.075", "0.00001", "1", "10", 2600, 24, 1.22, 0.72, 7),
        SyntheticCoin("WIDE", "widespread", "2.2", "0.0001", "0.1", "10", 310, 11, 1.3, 0.56, 38),
        SyntheticCoin("VET", "vechain", "0.028", "0.000001", "1", "10", 2050, 18, 1.2, 0.74, 8),
        SyntheticCoin("ALGO", "algorand", "0.16", "0.00001", "1", "10", 1300, 15, 1.2, 0.76, 8),
        SyntheticCoin("AAVE", "aave", "95", "0.01", "0.001", "10", 1400, 36, 1.28, 0.74, 6),
        SyntheticCoin("OP", "optimism", "1.8", "0.0001", "0.01", "10", 1900, 41, 1.32, 0.78, 6),
        SyntheticCoin("INJ", "injective", "22", "0.001", "0.01", "10", 2100, 30, 1.34, 0.74, 7),
        SyntheticCoin("STX", "stacks", "1.7", "0.0001", "0.1", "10", 2500, 22, 1.34, 0.72, 8),
        SyntheticCoin("GRT", "the-graph", "0.2", "0.00001", "1", "10", 1900, 19, 1.32, 0.76, 8),
        SyntheticCoin("THETA", "theta", "1.5", "0.0001", "0.1", "10", 1500, 13, 1.28, 0.74, 9),
        SyntheticCoin("MKR", "maker", "2300", "0.1", "0.0001", "10", 2100, 21, 1.18, 0.68, 8),
        SyntheticCoin("EOS", "eos", "0.6", "0.0001", "0.1", "10", 900, 17, 1.1, 0.74, 9),
        SyntheticCoin("SAND", "the-sandbox", "0.35", "0.00001", "1", "10", 820, 16, 1.32, 0.76, 9),
        SyntheticCoin("XTZ", "tezos", "0.8", "0.0001", "0.1", "10", 780, 12, 1.08, 0.74, 10)
    ]
}
