// The parameters of a request, read one by one with the venue's own refusal for each way one can be wrong:
// missing, empty, illegal characters, too large, too fine.
import Kernel
import Trading

struct Parameters: Sendable {
    struct Field: Hashable, Sendable {
        let name: String
        let value: String
    }
    var fields: [Field]

    var count: Int { fields.count }
    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// The raw value; refused if it is there and empty.
    func text(_ name: String) throws(BinanceError) -> String? {
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        guard !field.value.isEmpty else { throw .empty(name) }
        return field.value
    }

    /// Every parameter must be one the endpoint knows.
    func check(known: [String]) throws(BinanceError) {
        guard !known.isEmpty || fields.isEmpty else { throw .tooMany(fields.count) }
        let read = fields.count { known.contains($0.name) }
        guard read == fields.count else { throw .unread(read: read, sent: fields.count) }
    }

    /// None of these may be there.
    func refuse(_ names: String...) throws(BinanceError) {
        for name in names where has(name) { throw .notRequired(name) }
    }

    func required<T>(_ name: String, _ value: T?) throws(BinanceError) -> T {
        guard let value else { throw .mandatory(name) }
        return value
    }
}

// MARK: Kinds of values

extension Parameters {
    static let numbers = "^[0-9]{1,20}$", decimals = "^([0-9]{1,20})(\\.[0-9]{1,20})?$", ids = "^[a-zA-Z0-9-_]{1,36}$"

    func integer(_ name: String) throws(BinanceError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .illegal(name, Self.numbers) }
        guard let value = Int64(text) else { throw .overflow(name) }
        return value
    }

    /// A count of rows: above zero, and the venue's maximum if more is asked for.
    func limit(default usual: Int, maximum: Int) throws(BinanceError) -> Int {
        guard let value = try integer("limit") else { return usual }
        guard value > 0 else { throw .invalid("limit") }
        return Int(min(value, Int64(maximum)))
    }

    /// Milliseconds since 1970; microseconds are understood by their length.
    func moment(_ name: String) throws(BinanceError) -> Timestamp? {
        guard let value = try integer(name) else { return nil }
        guard value < 100_000_000_000_000_000 else { throw .mandatory(name) }
        return Timestamp(milliseconds: value >= 100_000_000_000_000 ? value / 1_000 : value)
    }

    /// At most eight places after the point.
    func decimal(_ name: String) throws(BinanceError) -> FixedDecimal? {
        guard let text = try text(name) else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ (1...20).contains($0.count) && $0.allSatisfy { (48...57).contains($0) } }) else {
            throw .illegal(name, Self.decimals)
        }
        let places = parts.count > 1 ? parts[1].reversed().drop { $0 == 48 }.count : 0
        guard places <= 8 else { throw .precision(name) }
        guard let value = FixedDecimal(text) else { throw .overflow(name) }
        return value
    }

    func price(_ name: String) throws(BinanceError) -> Price? {
        guard let value = try decimal(name) else { return nil }
        guard let price = Price(value) else { throw value.isZero ? .invalidNumber(name) : .filter("PRICE_FILTER") }
        return price
    }

    func quantity(_ name: String) throws(BinanceError) -> Quantity? {
        guard let value = try decimal(name) else { return nil }
        guard value.isPositive else { throw .invalidNumber(name) }
        guard let quantity = Quantity(value) else { throw .filter("LOT_SIZE") }
        return quantity
    }

    func clientId(_ name: String) throws(BinanceError) -> ClientOrderId? {
        guard let text = try text(name) else { return nil }
        guard let id = ClientOrderId(text) else { throw .illegal(name, Self.ids) }
        return id
    }

    func flag(_ name: String) throws(BinanceError) -> Bool? {
        switch try text(name)?.lowercased() {
        case nil: nil
        case "true": true
        case "false": false
        default: throw .invalid(name)
        }
    }

    /// One of few words; `wrong` if it is another.
    func choice<T>(_ name: String, _ wrong: BinanceError, _ parse: (String) -> T?) throws(BinanceError) -> T? {
        guard let text = try text(name) else { return nil }
        guard let value = parse(text) else { throw wrong }
        return value
    }
}
