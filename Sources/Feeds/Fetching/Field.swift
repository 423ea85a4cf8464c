// A value of an answer, read by asking for a kind: what is not of that kind is nil, and the reader
// decides whether that costs one row or the whole answer.
import Domain
import Ports
import StrictJSON

struct Field: Sendable {
    private let value: JSONValue

    /// The whole of a body; a page, broken JSON or a name twice is malformed.
    static func parse(_ body: [UInt8], source: String) throws(FeedError) -> Field {
        if body.first(where: { $0 > 32 }) == UInt8(ascii: "<") { throw FeedError(.malformed, source: source, "a page instead of JSON") }
        do { return Field(value: try JSONValue(parsing: body, limits: JSONLimits(bytes: max(body.count, 1), depth: 16))) } catch {
            throw FeedError(.malformed, source: source, "JSON: \(SafeText.short(error.description))")
        }
    }

    /// The member of an object; nil where it is absent or null, or where this is no object.
    subscript(name: String) -> Field? {
        guard let member = value.member(name), member != .null else { return nil }
        return Field(value: member)
    }

    var elements: [Field]? { if case .array(let elements) = value { elements.map { Field(value: $0) } } else { nil } }
    var text: String? { if case .string(let text) = value { text } else { nil } }
    var integer: Int64? { if case .integer(let number) = value { number } else { nil } }
    var flag: Bool? { if case .bool(let flag) = value { flag } else { nil } }
    /// An exact decimal written as a string, as exchanges write money; a JSON number is not accepted for one.
    var decimal: FixedDecimal? { text.flatMap { FixedDecimal($0) } }
    /// A JSON number: exact where it is an integer, by its shortest round trip otherwise.
    var number: FixedDecimal? {
        switch value {
        case .integer(let number): FixedDecimal(Int(number))
        case .real(let number): FixedDecimal(shortest: number)
        default: nil
        }
    }
}
