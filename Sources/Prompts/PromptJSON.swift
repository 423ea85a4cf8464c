// The JSON of the data blocks: keys in a fixed order, and texts escaped so far that they can end neither
// the text, nor the block, nor a template tag, nor the line.

/// A value of a data block.
public indirect enum PromptJSON: Hashable, Sendable {
    case object([(String, PromptJSON)])
    /// Written with one element a line, so that a table reads as one.
    case rows([PromptJSON])
    case list([PromptJSON])
    case text(String)
    /// A JSON number, as text.
    case number(String)
    case null

    /// A Double with so many decimals; null where it is not finite.
    static func number(_ value: Double?, places: Int) -> PromptJSON {
        guard let value, value.isFinite, abs(value) < 1e15 else { return .null }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let rounded = (value * scale).rounded(.toNearestOrEven) / scale
        return .number(rounded == 0 ? "0" : rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)")
    }

    public var json: String {
        switch self {
        case .object(let members): "{" + members.map { "\(Self.quoted($0.0)):\($0.1.json)" }.joined(separator: ",") + "}"
        case .rows(let values): values.isEmpty ? "[]" : "[\n" + values.map(\.json).joined(separator: ",\n") + "\n]"
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        case .text(let text): Self.quoted(text)
        case .number(let text): text
        case .null: "null"
        }
    }

    /// A JSON string. Beside JSON's own escapes these are written as `\uXXXX`: `<` `>` `&` `{` `}` `` ` ``,
    /// every control, format, private and unassigned character, line and paragraph separators.
    public static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "<", ">", "&", "{", "}", "`": out += escape(scalar)
            default:
                if isPlain(scalar) { out.unicodeScalars.append(scalar) } else { out += escape(scalar) }
            }
        }
        return out + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value >= 0x20, scalar.value < 0x7f { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    public static func == (a: PromptJSON, b: PromptJSON) -> Bool { a.json == b.json }
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
