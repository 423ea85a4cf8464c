// Bytes to JSONValue through Jansson. Promise: one text has one meaning here: duplicate names, NUL, invalid
// UTF-8, lone surrogates, trailing bytes and numbers beyond their type are refused, and size and depth have ends.
import CJansson
public import Kernel

public struct JSONLimits: Hashable, Sendable {
    public var bytes: Int
    public var depth: Int
    public init(bytes: Int = 8 << 20, depth: Int = 64) {
        self.bytes = bytes
        self.depth = depth
    }
}

extension JSONValue {
    /// Parses one JSON text (any value may stand at its root).
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
        guard Self.depth(of: bytes) <= limits.depth else { throw .tooDeep(limit: limits.depth) }
        // To Jansson a NUL byte between values is the end of the text, and what follows would be ignored.
        if let nul = bytes.firstIndex(of: 0) {
            let before = bytes[..<nul]
            let line = before.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw .syntax(line: line, column: nul - lineStart + 1, message: "a NUL character")
        }
        var error = json_error_t()
        let root = bytes.withUnsafeBytes { buffer in
            // An empty buffer may have no address; Jansson wants one.
            withUnsafePointer(to: CChar(0)) { empty in
                carillon_json_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self) ?? empty, buffer.count, &error)
            }
        }
        guard let root else { throw JSONError(&error) }
        defer { carillon_json_release(root) }
        self = Self.converted(root)
    }

    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// How deep brackets nest outside strings, before anything recurses; of a broken text some bound of it.
    private static func depth(of bytes: [UInt8]) -> Int {
        var depth = 0, deepest = 0, inString = false, escaped = false
        for byte in bytes {
            if inString {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return deepest
    }

    private static func converted(_ value: UnsafeMutablePointer<json_t>) -> JSONValue {
        switch carillon_json_type(value) {
        case JSON_TRUE: return .bool(true)
        case JSON_FALSE: return .bool(false)
        case JSON_INTEGER: return .integer(Int64(json_integer_value(value)))
        case JSON_REAL: return .real(json_real_value(value))
        case JSON_STRING: return .string(text(json_string_value(value), json_string_length(value)))
        case JSON_ARRAY: return .array((0..<json_array_size(value)).compactMap { json_array_get(value, $0).map(converted) })
        case JSON_OBJECT:
            var members: [JSONMember] = []
            members.reserveCapacity(json_object_size(value))
            var iterator = json_object_iter(value)
            while let here = iterator {
                if let name = json_object_iter_key(here), let member = json_object_iter_value(here) {
                    members.append(JSONMember(name: String(cString: name), value: converted(member)))
                }
                iterator = json_object_iter_next(value, here)
            }
            return .object(members)
        default: return .null
        }
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        guard let start else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension JSONError {
    /// Jansson's own message may quote the text, so only its code and position are kept.
    fileprivate init(_ error: inout json_error_t) {
        let line = max(1, Int(error.line)), column = max(1, Int(error.column))
        switch carillon_json_error_code(&error) {
        case json_error_duplicate_key: self = .duplicateName(line: line, column: column)
        case json_error_invalid_utf8: self = .syntax(line: line, column: column, message: "invalid UTF-8")
        case json_error_premature_end_of_input: self = .syntax(line: line, column: column, message: "the text ends too early")
        case json_error_end_of_input_expected: self = .syntax(line: line, column: column, message: "something follows the value")
        case json_error_null_character, json_error_null_byte_in_key: self = .syntax(line: line, column: column, message: "a NUL character")
        case json_error_numeric_overflow: self = .syntax(line: line, column: column, message: "a number too large to hold")
        default: self = .syntax(line: line, column: column, message: "not JSON")
        }
    }
}
