// What last price and order book say together. If they contradict each other, the one that is near what is known
// counts, if only one of them is.
public import Kernel
import Market

extension PriceJudge {
    struct Spot: Hashable {
        /// nil if it cannot be believed.
        var price: SpotPrice?
        /// What they say, or why they say nothing.
        let words: String
    }

    func spot(_ second: SecondOpinion, _ known: KnownRange?, at time: Timestamp) -> Spot {
        switch second {
        case .none: return Spot(price: nil, words: "there is no other source")
        case .unread(let why): return Spot(price: nil, words: "last price and book could not be read (\(why))")
        case .quote(let quote):
            let words = "the last price is \(quote.last), the book \(quote.bid) to \(quote.ask)"
            guard quote.time + quoteAge >= time, quote.time <= time + quoteAge else {
                return Spot(price: nil, words: "the last price is of \(quote.time)")
            }
            if agrees(quote) { return Spot(price: SpotPrice(last: quote.last, sale: quote.bid), words: words) }
            return Spot(price: nearer(quote, known), words: words)
        }
    }

    /// Whether nothing speaks against a last close by itself.
    public func agrees(_ close: Price, _ second: SecondOpinion, at time: Timestamp) -> Bool {
        spot(second, nil, at: time).price.map { PriceSanity.difference(close, $0.last) <= apartLimit } ?? true
    }

    private func agrees(_ quote: Quote) -> Bool {
        (quote.last >= quote.bid || PriceSanity.difference(quote.last, quote.bid) <= apartLimit)
            && (quote.last <= quote.ask || PriceSanity.difference(quote.last, quote.ask) <= apartLimit)
    }

    private func nearer(_ quote: Quote, _ known: KnownRange?) -> SpotPrice? {
        guard let known else { return nil }
        let isLastNear = known.isNear(quote.last, factor: absurdFactor),
            isBookNear = known.isNear(quote.bid, factor: absurdFactor) && known.isNear(quote.ask, factor: absurdFactor)
        guard isLastNear != isBookNear else { return nil }
        return isLastNear ? SpotPrice(last: quote.last, sale: quote.last) : SpotPrice(last: quote.bid, sale: quote.bid)
    }
}
