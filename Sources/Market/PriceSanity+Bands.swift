// The part of the price check that compares prices with each other: wicks against the median, the
// last close against the ticker, the ticker against a second source.
public import Kernel

extension PriceSanity {
    /// Candles of the recent window whose high, low or close is far from the median close.
    func wicks(in candles: [Candle]) -> [PriceFault] {
        let recent = candles.suffix(recentWindow)
        guard let median = Self.median(recent.map(\.close)) else { return [] }
        return recent.compactMap { candle in
            [candle.close, candle.high, candle.low].first { isOutside($0, median) }
                .map { .wick(openTime: candle.openTime, price: $0, median: median, factor: wickFactor) }
        }
    }

    private func isOutside(_ price: Price, _ median: Price) -> Bool {
        let factor = Int128(wickFactor)
        return price.value.raw > median.value.raw * factor || price.value.raw * factor < median.value.raw
    }

    /// The ticker's own sanity, then its distance from the close and from the second source.
    func dispute(_ close: Price, closedAt: Timestamp, _ ticker: Ticker, _ second: Price?, _ venueTime: Timestamp) -> [PriceFault] {
        var faults: [PriceFault] = []
        if venueTime - ticker.time > tickerAge || ticker.time - venueTime > tickerAge {
            faults.append(.staleTicker(time: ticker.time, limit: tickerAge))
        }
        if let bid = ticker.bid, let ask = ticker.ask, bid > ask { faults.append(.crossedBook(bid: bid, ask: ask)) }
        let drift = Self.difference(close, ticker.last)
        if drift > shiftLimit {
            faults.append(.shifted(close: close, ticker: ticker.last, difference: drift, limit: shiftLimit))
        } else if drift > disputeLimit, ticker.time - closedAt <= tickerAge {
            // Later in the hour the market itself may have gone that far.
            faults.append(.disputed(first: close, second: ticker.last, difference: drift, limit: disputeLimit))
        }
        if let second {
            let apart = Self.difference(ticker.last, second)
            if apart > disputeLimit {
                faults.append(.disputed(first: ticker.last, second: second, difference: apart, limit: disputeLimit))
            }
        }
        return faults
    }

    /// The distance of two prices as a share of the smaller one, rounded up, so that it does not
    /// matter which is given first.
    public static func difference(_ a: Price, _ b: Price) -> Ratio {
        let (low, high) = a < b ? (a.value, b.value) : (b.value, a.value)
        // Prices lie between 1e-12 and 1e10, so the quotient always fits.
        return Ratio((high - low).divided(by: low, rounding: .up))
    }

    /// The middle price (the lower of the two middle ones for an even count); nil for none.
    static func median(_ prices: [Price]) -> Price? {
        prices.isEmpty ? nil : prices.sorted()[(prices.count - 1) / 2]
    }
}
