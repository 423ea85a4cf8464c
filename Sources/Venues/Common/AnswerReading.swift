// The small steps of reading an answer strictly: a missing member that must be there makes the answer malformed.
package import Kernel
package import Ports
package import StrictJSON
package import Trading

extension JSONField {
    /// A member that must be there.
    package func need<Value>(_ name: String, _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value {
        guard let value = self[name].flatMap(read) else { throw .malformed("\(name) is missing or cannot be") }
        return value
    }

    /// nil if it is absent; a member that is there and unreadable is malformed.
    package func may<Value>(_ name: String, _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value? {
        guard let member = self[name] else { return nil }
        guard let value = read(member) else { throw .malformed("\(name) cannot be") }
        return value
    }

    /// The first of several members that is there.
    package func first<Value>(_ names: [String], _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value? {
        for name in names { if let value = try may(name, read) { return value } }
        return nil
    }

    /// An amount, which a venue writes as zero if there is none.
    package func amount(_ name: String) throws(ExchangeError) -> FixedDecimal? {
        let value = try may(name) { $0.decimal }
        return value.flatMap { $0.isZero ? nil : $0 }
    }

    /// A price, which a venue writes as zero if there is none.
    package func price(_ name: String) throws(ExchangeError) -> Price? {
        guard let value = try amount(name) else { return nil }
        guard let price = Price(value) else { throw .malformed("\(name) cannot be") }
        return price
    }

    package var quantity: Quantity? { decimal.flatMap { Quantity($0) } }
    package var currency: Currency? { text.flatMap { Currency($0) } }
    /// An id counted from zero.
    package var venueId: VenueOrderId? { integer.flatMap { $0 >= 0 ? VenueOrderId($0) : nil } }
    /// Milliseconds since 1970.
    package var moment: Timestamp? { integer.flatMap { (0..<Self.maximumTime).contains($0) ? Timestamp(milliseconds: $0) : nil } }

    /// The year 2200 in milliseconds: beyond it a time is a mistake, and sums could overflow.
    private static let maximumTime: Int64 = 7_258_118_400_000

    /// The elements of an answer that must be a list, at most so many.
    package func list(_ what: String, atMost limit: Int) throws(ExchangeError) -> [JSONField] {
        guard let elements, elements.count <= limit else { throw .malformed("\(what) are not a list of at most \(limit)") }
        return elements
    }

    /// Reads each row; typed throws do not pass through `map`.
    package static func each<Value>(_ rows: [JSONField], _ read: (JSONField) throws(ExchangeError) -> Value) throws(ExchangeError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try read(row)) }
        return values
    }
}
