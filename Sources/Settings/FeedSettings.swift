// Where prices and news come from. The default needs no network: an embedded synthetic market.

public struct FeedSettings: Hashable, Codable, Sendable {
    public enum Prices: String, Codable, Sendable, CaseIterable {
        /// The embedded market, made from `seed`.
        case synthetic
        /// Binance's public market data; no key.
        case binance
        /// Candle files of `folder`.
        case candles
    }

    public var prices = Prices.synthetic
    /// For `binance`: another server that speaks the same, e.g. one on this machine.
    public var address = Self.usualAddress
    /// For `candles`: relative to the configuration file; nil if unused.
    public var folder: String?
    /// Of the synthetic market.
    public var seed: UInt64 = 7
    /// How many instruments are offered, the largest first.
    public var instruments = 30
    /// RSS and Atom addresses.
    public var news: [String] = []
    public var newsapi = false
    public var coingecko = false
    public var feargreed = false
    // Where these three are asked: a mirror, or a server on this machine.
    public var newsapiURL = "https://newsapi.org/v2"
    public var coingeckoURL = "https://api.coingecko.com/api/v3"
    public var feargreedURL = "https://api.alternative.me"

    public init() {}

    public static let usualAddress = "https://api.binance.com"

    public func problems() -> [SettingProblem] {
        var list = ProblemList("feeds")
        if prices == .candles, folder == nil { list.add("prices", "candles need feeds.folder, the folder of the candle files") }
        if let folder, folder.isEmpty { list.add("folder", "an empty path names no folder") }
        for (key, address) in [("address", address), ("newsapiURL", newsapiURL), ("coingeckoURL", coingeckoURL), ("feargreedURL", feargreedURL)] {
            if let problem = WebAddress.problem(address) { list.add(key, problem) }
        }
        list.require("instruments", instruments, in: 1...200)
        if news.count > 50 { list.add("news", "\(news.count) addresses found, at most 50 are read") }
        for (index, address) in news.enumerated() {
            if let problem = WebAddress.problem(address) { list.add("news.\(index)", problem) }
        }
        return list.problems
    }
}
