// The small steps of reading an answer strictly: what must be there and is not makes the answer malformed.
import Domain
import Ports
import StrictJSON

extension JSONField {
    /// A member that must be there.
    func need<Value>(_ name: String, _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value {
        guard let value = self[name].flatMap(read) else { throw .malformed("\(name) is missing or cannot be") }
        return value
    }

    /// nil where it is absent; there and unreadable is malformed.
    func may<Value>(_ name: String, _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value? {
        guard let member = self[name] else { return nil }
        guard let value = read(member) else { throw .malformed("\(name) cannot be") }
        return value
    }

    /// The first of several members that is there.
    func first<Value>(_ names: [String], _ read: (JSONField) -> Value?) throws(ExchangeError) -> Value? {
        for name in names { if let value = try may(name, read) { return value } }
        return nil
    }

    /// An amount that is zero where there is none.
    func amount(_ name: String) throws(ExchangeError) -> FixedDecimal? {
        let value = try may(name) { $0.decimal }
        return value.flatMap { $0.isZero ? nil : $0 }
    }

    /// A price that is zero where there is none.
    func price(_ name: String) throws(ExchangeError) -> Price? {
        guard let value = try amount(name) else { return nil }
        guard let price = Price(value) else { throw .malformed("\(name) cannot be") }
        return price
    }

    var quantity: Quantity? { decimal.flatMap { Quantity($0) } }
    var currency: Currency? { text.flatMap { Currency($0) } }
    /// An id counted from zero.
    var venueId: VenueOrderId? { integer.flatMap { $0 >= 0 ? VenueOrderId($0) : nil } }
    var moment: Timestamp? { integer.flatMap { (0..<BinanceRows.maximumTime).contains($0) ? Timestamp(milliseconds: $0) : nil } }

    /// The elements of an answer that must be a list, at most so many.
    func list(_ what: String, atMost limit: Int) throws(ExchangeError) -> [JSONField] {
        guard let elements, elements.count <= limit else { throw .malformed("\(what) are not a list of at most \(limit)") }
        return elements
    }

    /// Reads each row; typed throws do not pass through `map`.
    static func each<Value>(_ rows: [JSONField], _ read: (JSONField) throws(ExchangeError) -> Value) throws(ExchangeError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try read(row)) }
        return values
    }
}
