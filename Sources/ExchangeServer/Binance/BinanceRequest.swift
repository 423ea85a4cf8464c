// One request as the venue sees it: where to, and its parameters from the query and from a form body. The
// text that was signed is kept as it was sent; a value that is no percent-encoded UTF-8 is refused.

public struct BinanceRequest: Sendable {
    public let method: String
    /// Without the query.
    public let path: String
    public let query: String
    public let body: String
    /// The value of `X-MBX-APIKEY`.
    public let key: String?

    /// - Parameters:
    ///   - target: the path with its query, as in the request line.
    ///   - isForm: whether the body is a form; any other body is no part of the request.
    public init(method: String, target: String, body: String = "", isForm: Bool = true, key: String? = nil) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : ""
        // A body of a GET has no meaning (RFC 9110, 9.3.1).
        self.body = isForm && method != "GET" ? body : ""
        self.key = key
    }

    /// Query and body without their signature, one after the other: the text that is signed.
    var signed: String { Self.withoutSignature(query) + Self.withoutSignature(body) }

    private static func withoutSignature(_ part: String) -> String {
        guard part.contains("signature=") else { return part }
        return part.split(separator: "&", omittingEmptySubsequences: false).filter { !$0.hasPrefix("signature=") }.joined(separator: "&")
    }

    /// The parameters; if query and body name the same one, the query's value stands.
    func parameters() throws(BinanceError) -> Parameters {
        var parameters = try Self.fields(query)
        for field in try Self.fields(body) where !parameters.contains(where: { $0.name == field.name }) { parameters.append(field) }
        return Parameters(fields: parameters)
    }

    private static func fields(_ part: String) throws(BinanceError) -> [Parameters.Field] {
        var fields: [Parameters.Field] = []
        for pair in part.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(sides[0]), let value = sides.count > 1 ? decoded(sides[1]) : "" else { throw .illegalParameter }
            guard !fields.contains(where: { $0.name == name }) else { throw .duplicate }
            // No endpoint has nearly as many.
            guard fields.count < 64 else { throw BinanceError(-1101, "Too many parameters sent for this endpoint.") }
            fields.append(Parameters.Field(name: name, value: value))
        }
        return fields
    }

    /// Percent-decoded, `+` as a space; nil for a broken escape, or bytes that are no UTF-8.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: nil
        }
    }
}
