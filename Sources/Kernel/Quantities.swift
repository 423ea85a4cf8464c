// The four kinds of number money is made of. They do not mix by accident: a Price times a Quantity
// is Money, a Price times a Price is nothing. Range checks happen here, once, so that no later
// product can overflow.

/// A price in quote units per base unit: above zero, at most 1e10.
public struct Price: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: FixedDecimal
    public static let ceiling: FixedDecimal = "10000000000"

    /// nil unless 0 < value <= 1e10.
    public init?(_ value: FixedDecimal) {
        guard value.isPositive, value <= Self.ceiling else { return nil }
        self.value = value
    }
    public init?(_ text: String) {
        guard let value = FixedDecimal(text) else { return nil }
        self.init(value)
    }

    public var double: Double { value.double }
    public var description: String { value.description }
    public static func < (a: Price, b: Price) -> Bool { a.value < b.value }

    /// This price moved by a signed share of itself, put on the tick grid; nil if nothing above zero is left.
    public func moved(by share: Ratio, tick: FixedDecimal, _ rounding: Rounding) -> Price? {
        guard let moved = value.checkedTimes(.one + share.value, rounding: rounding) else { return nil }
        return Price(moved.rounded(toMultipleOf: tick, rounding))
    }
}

/// An amount of base units: zero or more, at most 1e15.
public struct Quantity: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: FixedDecimal
    public static let ceiling: FixedDecimal = "1000000000000000"
    public static let zero = Quantity(unchecked: .zero)

    /// nil unless 0 <= value <= 1e15.
    public init?(_ value: FixedDecimal) {
        guard !value.isNegative, value <= Self.ceiling else { return nil }
        self.value = value
    }
    public init?(_ text: String) {
        guard let value = FixedDecimal(text) else { return nil }
        self.init(value)
    }
    private init(unchecked value: FixedDecimal) { self.value = value }

    public var isZero: Bool { value.isZero }
    public var double: Double { value.double }
    public var description: String { value.description }
    public static func < (a: Quantity, b: Quantity) -> Bool { a.value < b.value }
    public static func + (a: Quantity, b: Quantity) -> Quantity {
        guard let sum = Quantity(a.value + b.value) else { preconditionFailure("quantity above its ceiling") }
        return sum
    }
    /// The difference; traps below zero, because selling what is not there is a broken invariant.
    public static func - (a: Quantity, b: Quantity) -> Quantity {
        guard let rest = Quantity(a.value - b.value) else { preconditionFailure("quantity below zero: \(a) - \(b)") }
        return rest
    }
    /// Rounded down to whole lots.
    public func flooredToLot(_ lot: FixedDecimal) -> Quantity {
        Quantity(unchecked: value.rounded(toMultipleOf: lot, .down))
    }
    /// A share of this quantity, rounded down to whole lots.
    public func portion(_ share: Ratio, lot: FixedDecimal) -> Quantity {
        guard let part = Quantity(value.times(share.value, rounding: .down)) else { return .zero }
        return part.flooredToLot(lot)
    }
}

/// A pure number: a share, a rate, a fraction (0.03 is three percent).
public struct Ratio: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: FixedDecimal
    public init(_ value: FixedDecimal) { self.value = value }
    public static let zero = Ratio(.zero)
    public static let one = Ratio(.one)
    public var double: Double { value.double }
    public var description: String { value.description }
    public static func < (a: Ratio, b: Ratio) -> Bool { a.value < b.value }
    public static prefix func - (a: Ratio) -> Ratio { Ratio(-a.value) }
    /// Percent text with so many decimals: Ratio(0.0123).percent(2) is "1.23".
    public func percent(_ places: Int) -> String {
        value.times(FixedDecimal(100), rounding: .nearest).text(places: places)
    }
}

extension Ratio: ExpressibleByStringLiteral {
    public init(stringLiteral value: StaticString) { self.init(FixedDecimal(stringLiteral: value)) }
}

/// The name of a coin or currency: 1 to 16 characters of A-Z and 0-9.
public struct Currency: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let code: String
    public init?(_ code: String) {
        let bytes = code.utf8
        guard (1...16).contains(bytes.count),
            bytes.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) })
        else { return nil }
        self.code = code
    }
    public var description: String { code }
    public static func < (a: Currency, b: Currency) -> Bool { a.code < b.code }
    public static let usdt = Currency("USDT")!
    public static let usd = Currency("USD")!
}

/// A signed amount of one currency. Adding two currencies stops the process: it is never meant.
public struct Money: Hashable, Codable, Sendable, CustomStringConvertible {
    public let amount: FixedDecimal
    public let currency: Currency
    public init(_ amount: FixedDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }
    public var description: String { "\(amount) \(currency)" }
    public static func + (a: Money, b: Money) -> Money {
        precondition(a.currency == b.currency, "adding \(a.currency) and \(b.currency)")
        return Money(a.amount + b.amount, a.currency)
    }
    public static func - (a: Money, b: Money) -> Money { a + Money(-b.amount, b.currency) }
    /// What so much of a base asset costs at a price.
    public static func notional(_ quantity: Quantity, at price: Price, in currency: Currency, _ rounding: Rounding) -> Money {
        Money(quantity.value.times(price.value, rounding: rounding), currency)
    }
}

// Each of them is written in a journal as its exact text.
extension Price: Codable {
    public init(from decoder: any Decoder) throws {
        guard let price = Price(try FixedDecimal(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a price"))
        }
        self = price
    }
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
extension Quantity: Codable {
    public init(from decoder: any Decoder) throws {
        guard let quantity = Quantity(try FixedDecimal(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a quantity"))
        }
        self = quantity
    }
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
extension Ratio: Codable {
    public init(from decoder: any Decoder) throws { self.init(try FixedDecimal(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
extension Currency: Codable {
    public init(from decoder: any Decoder) throws {
        guard let currency = Currency(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a currency code"))
        }
        self = currency
    }
    public func encode(to encoder: any Encoder) throws { try code.encode(to: encoder) }
}
