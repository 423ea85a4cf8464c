// Facts for machines: one JSON object, keys in the order given, decimals exact.
import Domain

indirect enum JSONOutput {
    case text(String?)
    /// Number text, written as it is.
    case number(String)
    case flag(Bool)
    case list([JSONOutput])
    case fields([(String, JSONOutput)])

    static func decimal(_ value: FixedDecimal?) -> JSONOutput { value.map { .number($0.description) } ?? .text(nil) }
    static func object(_ fields: [(String, JSONOutput)]) -> String { JSONOutput.fields(fields).description }
}

extension JSONOutput: CustomStringConvertible {
    var description: String {
        switch self {
        case .text(nil): "null"
        case .text(let text?): Self.quoted(text)
        case .number(let number): number
        case .flag(let flag): flag ? "true" : "false"
        case .list(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
        case .fields(let fields): "{" + fields.map { "\(Self.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            default:
                if scalar.value < 32 || scalar.value == 0x7F {
                    let hex = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }
}
