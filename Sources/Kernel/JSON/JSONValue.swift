// JSON as a value, the one that parsers give and the one writer takes: objects keep their order, integers are exact,
// reals are the nearest Double and become decimals by their shortest round trip.

public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// Written without fraction or exponent; exact.
    case integer(Int64)
    /// Written with one; always finite.
    case real(Double)
    /// A number as text, written as it is; a parser gives none.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In the order written; no name twice.
    case object([JSONMember])

    /// What this is, for error messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .real, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The member of this name, compared byte for byte; nil if there is none or this is no object.
    public func member(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// True for an object that has a member of this name, whatever its value.
    public func has(_ name: String) -> Bool { member(name) != nil }
}

public struct JSONMember: Hashable, Sendable {
    public let name: String
    public let value: JSONValue
    public init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}

// MARK: Facts, as a command gathers them.

extension JSONValue {
    /// null if there is no text.
    public static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    public static func flag(_ flag: Bool) -> JSONValue { .bool(flag) }
    public static func list(_ elements: [JSONValue]) -> JSONValue { .array(elements) }
    /// An object, its members in this order; no name twice.
    public static func fields(_ fields: [(String, JSONValue)]) -> JSONValue { .object(fields.map { JSONMember(name: $0.0, value: $0.1) }) }
    /// A number with all its digits; null if there is none.
    public static func decimal(_ value: FixedDecimal?) -> JSONValue { value.map { .number($0.description) } ?? .null }
}

// MARK: Literals, so that a request body reads like JSON.

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember(name: $0.0, value: $0.1) })
    }
}
