// HTML under construction. What is written in a literal is markup; what is put into one is text and is escaped,
// so that no name from outside can become a tag: there is no other way to build a page here.

public struct Markup: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// Well-formed as XML, so that a strict reader can check it.
    public private(set) var text: String

    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation interpolation: StringInterpolation) { text = interpolation.text }

    static func += (a: inout Markup, b: Markup) { a.text += b.text }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + 16 * interpolationCount) }
        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ part: Markup) { text += part.text }
        public mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { text += part.text } }
        public mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
        public mutating func appendInterpolation(_ outside: String) { text += Markup.escaped(outside) }
    }

    /// Text for an element or a quoted attribute. What XML cannot hold becomes U+FFFD.
    private static func escaped(_ outside: String) -> String {
        var out = ""
        for scalar in outside.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": out.unicodeScalars.append("\u{FFFD}")
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
