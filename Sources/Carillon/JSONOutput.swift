// Facts for machines: one JSON object, keys in the order given, decimals exact.
import Domain
import Messaging

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
                // What shows nothing, or turns round what follows, is written in digits: the value stays, the terminal is safe.
                if scalar == " " || SafeText.isVisible(scalar) {
                    out.unicodeScalars.append(scalar)
                } else {
                    for unit in String(scalar).utf16 {
                        let hex = String(unit, radix: 16)
                        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                    }
                }
            }
        }
        return out + "\""
    }
}
