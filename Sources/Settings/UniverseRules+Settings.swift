// The universe a person configured, as rules.
public import Kernel
public import Market

extension UniverseRules {
    public init(_ settings: UniverseSettings, quote: Currency) {
        self.init(quote: quote)
        minimumMarketCap = settings.marketCap
        minimumQuoteVolume = settings.quoteVolume
        maximumSpread = settings.spread
        minimumListing = settings.listed
        moreStablecoins = settings.stablecoins
        passWhereUnknown = settings.allowUnknown.map(\.filter)
    }
}

extension DataFilter {
    var filter: UniverseFilter {
        switch self {
        case .marketCap: .marketCap
        case .quoteVolume: .quoteVolume
        case .spread: .spread
        case .listed: .listingAge
        }
    }
}
