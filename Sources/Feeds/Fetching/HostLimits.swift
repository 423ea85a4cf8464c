// A limit for each service, below what it says it allows: a gate made from one of these is shared by everything
// that asks the same host.
import Kernel

extension RateLimiter {
    /// Keyless CoinGecko is shared per address and promises nothing; five a minute has always been granted.
    public static let coinGeckoKeyless = RateLimiter(5, per: .minutes(1))
    /// CoinGecko's demo key: the older, lower figure of 30 a minute.
    public static let coinGeckoDemo = RateLimiter(30, per: .minutes(1))
    /// alternative.me: 60 a minute by its word.
    public static let fearGreed = RateLimiter(30, per: .minutes(1))
    /// NewsAPI's free plan: 100 a day, so four an hour leave room for a day's restarts.
    public static let newsAPI = RateLimiter(4, per: .hours(1))
    /// A publisher's feed: nobody needs to ask more often.
    public static let syndication = RateLimiter(6, per: .minutes(1))
}
