// The bodies of the control port, read strictly: a field nobody knows is refused, so that a misspelt fault
// does not quietly do nothing.
import Kernel
import StrictJSON

struct ControlError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

struct ControlBody {
    let json: JSONValue

    init(_ bytes: [UInt8], known: [String]) throws(ControlError) {
        do throws(JSONError) { json = bytes.isEmpty ? .object([]) : try JSONValue(parsing: bytes) } catch { throw ControlError(error.description) }
        guard case .object(let members) = json else { throw ControlError("the body must be a JSON object") }
        for member in members where !known.contains(member.name) {
            throw ControlError("unknown field '\(member.name)'; known are \(known.joined(separator: ", "))")
        }
    }

    /// Text, or a number or flag as text.
    func text(_ name: String) throws(ControlError) -> String? {
        switch json.member(name) {
        case nil, .null: return nil
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .bool(let flag): return String(flag)
        default: throw ControlError("'\(name)' must be text; decimals are written as text")
        }
    }
    func required(_ name: String) throws(ControlError) -> String {
        guard let text = try text(name) else { throw ControlError("'\(name)' is missing") }
        return text
    }
    func integer(_ name: String) throws(ControlError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let value = Int(text), value.magnitude <= 1_000_000_000_000 else { throw ControlError("'\(name)' must be a whole number") }
        return value
    }
    func flag(_ name: String) throws(ControlError) -> Bool? {
        guard let text = try text(name) else { return nil }
        guard let flag = Bool(text) else { throw ControlError("'\(name)' must be true or false") }
        return flag
    }
    func decimal(_ name: String) throws(ControlError) -> FixedDecimal? {
        guard let text = try text(name) else { return nil }
        // Far beyond any market, and far below where sums of such numbers would overflow.
        guard let value = FixedDecimal(text), value.magnitude <= FixedDecimal(1_000_000_000_000) else {
            throw ControlError("'\(name)' must be a decimal up to 1e12")
        }
        return value
    }
    func milliseconds(_ name: String) throws(ControlError) -> TimeSpan? { try integer(name).map { TimeSpan(milliseconds: Int64($0)) } }
}

extension Fault {
    static let fields = [
        "method", "path", "containing", "skip", "count", "effect", "how", "milliseconds", "when", "status", "code", "message", "body", "contentType",
        "retryAfter", "accepted", "bytes", "old", "new", "rows", "form", "factor", "candles"
    ]

    init(_ body: ControlBody) throws(ControlError) {
        let effect = try Effect(body)
        self.init(
            effect, method: try body.text("method"), path: try body.text("path") ?? "", containing: try body.text("containing"),
            skip: max(0, try body.integer("skip") ?? 0), count: max(1, try body.integer("count") ?? 1))
    }
}

extension Fault.Effect {
    init(_ body: ControlBody) throws(ControlError) {
        let word = try body.required("effect")
        switch word {
        case "loseRequest": self = .loseRequest(try Self.end(body))
        case "loseAnswer": self = .loseAnswer(try Self.end(body))
        case "delay":
            let when = try body.text("when") ?? "before"
            guard ["before", "after"].contains(when) else { throw ControlError("'when' is before or after") }
            self = .delay(try body.milliseconds("milliseconds") ?? .seconds(1), isBefore: when == "before")
        case "answer": self = .answer(try Self.reply(body), accepted: try body.flag("accepted") ?? false)
        case "page":
            let status = try body.integer("status") ?? 200
            guard (200...599).contains(status) else { throw ControlError("'status' is 200 to 599") }
            self = .answer(.page(status, "Service Unavailable"), accepted: try body.flag("accepted") ?? false)
        case "huge":
            self = .answer(
                BinanceReply(body: [UInt8](repeating: UInt8(ascii: " "), count: min(max(0, try body.integer("bytes") ?? 50 << 20), 64 << 20))),
                accepted: try body.flag("accepted") ?? false)
        case "cut": self = .cut(after: max(0, try body.integer("bytes") ?? 10))
        case "rateLimit": self = .rateLimit(try body.milliseconds("milliseconds") ?? .seconds(30))
        case "ban": self = .ban(try body.milliseconds("milliseconds") ?? .minutes(2))
        case "rewrite": self = .rewrite(old: try body.required("old"), new: try body.required("new"))
        case "reverseRows": self = .reverseRows
        case "doubleRows": self = .doubleRows
        case "dropRows": self = .dropRows(max(1, try body.integer("rows") ?? 1))
        case "wrongPrice": self = .wrongPrice(try WrongPrice(body))
        default: throw ControlError("no effect '\(word)'; GET / lists them")
        }
    }

    private static func end(_ body: ControlBody) throws(ControlError) -> Delivery.End {
        switch try body.text("how") ?? "reset" {
        case "reset": .reset
        case "close": .closed
        case "silence": .silence
        default: throw ControlError("'how' is reset, close or silence")
        }
    }

    private static func reply(_ body: ControlBody) throws(ControlError) -> BinanceReply {
        guard let status = try body.integer("status"), (200...599).contains(status) else { throw ControlError("'status' is 200 to 599") }
        let error = BinanceError(
            try body.integer("code") ?? -1000, try body.text("message") ?? "An unknown error occurred while processing the request.",
            status: status, retryAfter: try body.integer("retryAfter"))
        var reply = BinanceReply(error)
        if let text = try body.text("body") { reply.body = Array(text.utf8) }
        if let type = try body.text("contentType") {
            reply.headers.removeAll { $0.name == "Content-Type" }
            reply.headers.append(("Content-Type", type))
        }
        return reply
    }
}
