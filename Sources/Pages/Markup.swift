// HTML under construction. What is written in a literal is markup; what is put into one is text and is escaped,
// so that no name from outside can become a tag: there is no other way to build a page here.
import Kernel

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
        public mutating func appendInterpolation(_ outside: String) { text += SafeText.html(outside) }
    }
}
