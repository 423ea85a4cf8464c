// What a decision knew beside the market's picture and the book. With it the journal alone is enough to decide again.
public import Kernel
public import Market
import Trading

public struct DecisionGround: Hashable, Codable, Sendable {
    public struct Quoted: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let price: Price
    }
    /// The moment of the picture it was made from, and when the panel was asked; nil if there was none, or nobody was.
    public let seenAt: Timestamp?
    public let askedAt: Timestamp?
    /// What stands in the file of the kill switch; nil without one.
    public let halted: String?
    /// Whether nobody confirmed our clock's time.
    public let isClockInDoubt: Bool
    /// The venue's clock less ours, in milliseconds; nil if the venue tells no time.
    public let clockOffset: Int64?
    /// Prices at the moment of the decision, and what is held counted at its mark; in symbol order.
    public let prices: [Quoted]
    public let marks: [Quoted]
    /// Instruments whose hourly candles were at hand to be compared, beside those of the picture; in symbol order.
    public let compared: [Symbol]

    public init(
        seenAt: Timestamp?, askedAt: Timestamp?, halted: String?, isClockInDoubt: Bool, clockOffset: Int64?, prices: [Symbol: Price],
        marks: [Symbol: Price], compared: [Symbol] = []
    ) {
        self.compared = compared.sorted()
        self.seenAt = seenAt
        self.askedAt = askedAt
        self.halted = halted
        self.isClockInDoubt = isClockInDoubt
        self.clockOffset = clockOffset
        self.prices = Self.sorted(prices)
        self.marks = Self.sorted(marks)
    }

    private static func sorted(_ prices: [Symbol: Price]) -> [Quoted] {
        prices.sorted { $0.key < $1.key }.map { Quoted(symbol: $0.key, price: $0.value) }
    }

    public func price(of symbol: Symbol) -> Price? { prices.first { $0.symbol == symbol }?.price }

    /// What the account is valued at: prices of the moment before older marks.
    public var valuation: [Symbol: Price] {
        Dictionary((prices + marks).map { ($0.symbol, $0.price) }, uniquingKeysWith: { first, _ in first })
    }

    /// The clock as it was measured; nil if the venue tells no time.
    public var clock: VenueClock? {
        clockOffset.map {
            VenueClock(offset: TimeSpan(milliseconds: $0), roundTrip: TimeSpan(milliseconds: 0), measuredAt: seenAt ?? Timestamp(milliseconds: 0))
        }
    }
}
