// What is traded: the pair's name and the venue's rules for its numbers.
public import Kernel

/// A pair such as `BTC/USDT`.
public struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let base: Currency
    public let quote: Currency
    public init(_ base: Currency, _ quote: Currency) {
        self.base = base
        self.quote = quote
    }
    /// Parses `BASE/QUOTE`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let base = Currency(String(parts[0])), let quote = Currency(String(parts[1])) else { return nil }
        self.init(base, quote)
    }
    public var description: String { "\(base)/\(quote)" }
    /// `BTCUSDT`: in one word, as people type it and candle files are named. Each venue has its own name for the pair.
    public var joined: String { base.code + quote.code }
    public static func < (a: Symbol, b: Symbol) -> Bool { (a.base, a.quote) < (b.base, b.quote) }
}

extension Symbol: Codable {
    public init(from decoder: any Decoder) throws {
        guard let symbol = Symbol(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a symbol"))
        }
        self = symbol
    }
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

/// A symbol with its venue's number rules.
public struct Instrument: Hashable, Codable, Sendable {
    public let symbol: Symbol
    /// Prices are multiples of this.
    public let tickSize: FixedDecimal
    /// Quantities are multiples of this.
    public let lotStep: FixedDecimal
    /// The smallest order, in quote units.
    public let minNotional: FixedDecimal
    /// True if the rules were guessed from data and not given by a venue.
    public let assumed: Bool

    /// nil unless tick and lot are above zero and the minimum is not negative.
    public init?(symbol: Symbol, tickSize: FixedDecimal, lotStep: FixedDecimal, minNotional: FixedDecimal, assumed: Bool = false) {
        guard tickSize.isPositive, lotStep.isPositive, !minNotional.isNegative else { return nil }
        self.symbol = symbol
        self.tickSize = tickSize
        self.lotStep = lotStep
        self.minNotional = minNotional
        self.assumed = assumed
    }
}

/// What a venue says of an instrument right now.
public struct Ticker: Hashable, Codable, Sendable {
    public let symbol: Symbol
    public let time: Timestamp
    public let last: Price
    public let bid: Price?
    public let ask: Price?
    /// Traded in the last 24 hours, in quote units; nil if unknown.
    public let quoteVolume: FixedDecimal?
    /// Price now against 24 hours ago; nil if unknown.
    public let change: Ratio?

    public init(
        symbol: Symbol, time: Timestamp, last: Price, bid: Price? = nil, ask: Price? = nil,
        quoteVolume: FixedDecimal? = nil, change: Ratio? = nil
    ) {
        self.symbol = symbol
        self.time = time
        self.last = last
        self.bid = bid
        self.ask = ask
        self.quoteVolume = quoteVolume
        self.change = change
    }
}
