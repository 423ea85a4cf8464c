// What the venue answers: a status, headers and JSON, with the numbers written as it writes them.
public import Kernel
import StrictJSON

public struct BinanceReply: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// What happens to it on its way; set by a fault.
    public var delivery = Delivery()

    init(status: Int = 200, headers: [(name: String, value: String)] = [("Content-Type", "application/json;charset=UTF-8")], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
    init(_ json: JSONValue, status: Int = 200) { self.init(status: status, body: Array(json.compact.utf8)) }

    init(_ error: BinanceError) {
        self.init(error.json, status: error.status)
        if let seconds = error.retryAfter { headers.append(("Retry-After", String(seconds))) }
    }

    /// A page of the machines in front of the venue, which speak no JSON.
    static func page(_ status: Int, _ title: String) -> BinanceReply {
        let html =
            "<html>\r\n<head><title>\(status) \(title)</title></head>\r\n<body>\r\n<center><h1>\(status) \(title)</h1></center>\r\n"
            + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        return BinanceReply(status: status, headers: [("Content-Type", "text/html")], body: Array(html.utf8))
    }
}

/// How an answer travels.
public struct Delivery: Hashable, Sendable {
    public enum End: Hashable, Sendable {
        case whole
        /// The connection is reset and nothing arrives.
        case reset
        /// The connection is closed in order and nothing arrives.
        case closed
        /// Nothing arrives and the connection stays open.
        case silence
        /// So many bytes of the body arrive, then the connection is reset.
        case cut(after: Int)
    }
    public var delay = TimeSpan(milliseconds: 0)
    public var end = End.whole
    public init() {}
}

extension BinanceError {
    var json: JSONValue { ["code": .integer(Int64(code)), "msg": .string(message)] }
}

extension JSONValue {
    /// Eight places, as the venue prints prices and amounts; finer digits are cut.
    static func amount(_ value: FixedDecimal) -> JSONValue { .string(value.rounded(places: 8, .towardZero).text(minimumPlaces: 8)) }
    static func price(_ price: Price?) -> JSONValue { .amount(price?.value ?? .zero) }
    static func quantity(_ quantity: Quantity) -> JSONValue { .amount(quantity.value) }
    static func time(_ time: Timestamp) -> JSONValue { .integer(time.milliseconds) }
    static func count(_ count: Int) -> JSONValue { .integer(Int64(count)) }
    static func strings(_ words: [String]) -> JSONValue { .array(words.map { .string($0) }) }
}
