// Emphasis within a text, before anybody knows whether a terminal shows it.

package enum Style {
    /// Bold if the output has it, plain elsewhere.
    package static func bold(_ text: String) -> String { "\(boldBegins)\(text)\(boldEnds)" }

    /// Private scalars, which no text from outside gets through: whoever prints turns them into what the output understands.
    package static let boldBegins: Unicode.Scalar = "\u{F0001}"
    package static let boldEnds: Unicode.Scalar = "\u{F0002}"
}
