// A value of an answer, read by asking for a kind: what is not of that kind is nil, and the reader
// decides whether that costs one row or the whole answer.
public import Kernel

public struct JSONField: Sendable {
    private let value: JSONValue

    public init(_ value: JSONValue) { self.value = value }

    /// The whole of a body, nested at most 16 deep; a page, broken JSON or a name twice throws.
    public init(body: [UInt8]) throws(JSONError) {
        if body.first(where: { $0 > 32 }) == UInt8(ascii: "<") { throw .syntax(line: 1, column: 1, message: "a page instead of JSON") }
        value = try JSONValue(parsing: body, limits: JSONLimits(bytes: max(body.count, 1), depth: 16))
    }

    /// The member of an object; nil if it is absent or null, or if this is no object.
    public subscript(name: String) -> JSONField? {
        guard let member = value.member(name), member != .null else { return nil }
        return JSONField(member)
    }

    public var elements: [JSONField]? { if case .array(let elements) = value { elements.map { JSONField($0) } } else { nil } }
    public var text: String? { if case .string(let text) = value { text } else { nil } }
    // Inlined into readers of several members, this getter makes the optimiser of Swift 6.3.1 fail.
    public var integer: Int64? { @inline(never) get { if case .integer(let number) = value { number } else { nil } } }
    public var flag: Bool? { if case .bool(let flag) = value { flag } else { nil } }
    /// An exact decimal written as a string, as exchanges write money; a JSON number is not accepted for one.
    public var decimal: FixedDecimal? { text.flatMap { FixedDecimal($0) } }
    /// A JSON number: exact if it is an integer, by its shortest round trip otherwise.
    public var number: FixedDecimal? {
        switch value {
        case .integer(let number): FixedDecimal(Int(number))
        case .real(let number): FixedDecimal(shortest: number)
        case .number(let text): FixedDecimal(text)
        default: nil
        }
    }
}
