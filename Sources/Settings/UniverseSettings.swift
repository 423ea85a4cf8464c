// Which instruments may be offered to the analysts at all.
public import Kernel

/// A filter whose data may be missing; without data an instrument stays out unless it is allowed here.
public enum DataFilter: String, Codable, Sendable, CaseIterable {
    case marketCap, quoteVolume, spread, listed
}

/// Which CoinGecko coin a currency code means, if several share it.
public struct CoinOverride: Hashable, Codable, Sendable {
    public var currency: Currency
    /// CoinGecko's id, e.g. `bitcoin`.
    public var coin: String
    public init(currency: Currency, coin: String) {
        self.currency = currency
        self.coin = coin
    }
}

public struct UniverseSettings: Hashable, Codable, Sendable {
    /// Smallest market capitalisation, in USD.
    public var marketCap: FixedDecimal = "100000000"
    /// Smallest 24-hour volume, in quote units.
    public var quoteVolume: FixedDecimal = "5000000"
    /// Widest distance of bid and ask, as a share of their middle.
    public var spread: Ratio = "0.002"
    /// Shortest time since the listing.
    public var listed = TimeSpan.days(30)
    /// Filters that let an instrument pass when their data is missing.
    public var allowUnknown: [DataFilter] = []
    /// Never bought, in the order of the alphabet.
    public var stablecoins = Self.knownStablecoins
    /// In the order of the alphabet.
    public var overrides: [CoinOverride] = []

    public init() {}

    static let knownStablecoins = [
        "BUSD", "DAI", "EURI", "FDUSD", "FRAX", "GUSD", "LUSD", "PYUSD", "RLUSD", "TUSD", "USD1", "USDC", "USDD", "USDE", "USDP", "USDS", "USDT",
        "XUSD"
    ].compactMap { Currency($0) }

    public func problems() -> [SettingProblem] {
        var list = ProblemList("universe")
        list.require("marketCap", marketCap, in: "0"..."100000000000000")
        list.require("quoteVolume", quoteVolume, in: "0"..."100000000000000")
        list.require("spread", spread, in: "0.0001"..."0.05")
        list.require("listed", listed, in: .seconds(0) ... .days(3_650))
        for entry in overrides {
            let bytes = entry.coin.utf8
            let plain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 || $0 == 46 }
            if !(1...64).contains(bytes.count) || !plain {
                list.add("overrides.\(entry.currency)", "\(Echo.quoted(entry.coin)) is no CoinGecko id; an example is bitcoin")
            }
        }
        return list.problems
    }
}
