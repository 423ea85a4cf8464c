// How a JSON text is written: what is escaped in its strings, whether names are sorted, whether a table has lines. The styles stand
// here together, because each is a promise to somebody: to a hash, to a terminal, to a model.

public struct JSONStyle: Sendable {
    /// For each ASCII character what follows its backslash: 0 if it needs none, `u` for four digits.
    let escapes: [UInt8]
    /// Which other characters are written in digits; nil for none.
    let hides: (@Sendable (Unicode.Scalar) -> Bool)?
    let isSorted: Bool
    let hasTables: Bool

    /// - Parameters:
    ///   - letters: the control characters that have a letter after their backslash (`n` is the line end); others are digits.
    ///   - isSorted: names by their UTF-8 bytes, not in the order of the value.
    ///   - hasTables: an array of arrays or objects has one element a line.
    ///   - hidesASCIIOnly: characters outside ASCII are written as they are, and `hides` is not asked about them.
    ///   - hides: what is escaped beside quotes and backslashes.
    init(
        letters: String, isSorted: Bool = false, hasTables: Bool = false, hidesASCIIOnly: Bool = false,
        hides: @escaping @Sendable (Unicode.Scalar) -> Bool
    ) {
        var escapes = (UInt8(0)..<0x80).map { hides(Unicode.Scalar($0)) ? UInt8(ascii: "u") : 0 }
        for (byte, letter) in zip([0x08, 0x09, 0x0A, 0x0C, 0x0D], "btnfr".utf8) where letters.utf8.contains(letter) { escapes[byte] = letter }
        for byte in "\"\\".utf8 { escapes[Int(byte)] = byte }
        self.escapes = escapes
        self.hides = hidesASCIIOnly ? nil : hides
        self.isSorted = isSorted
        self.hasTables = hasTables
    }
}

extension JSONStyle {
    /// For hashing: names sorted, no white space, only what must be escaped escaped (RFC 8785, 3.2.2.2). Equal values give equal
    /// bytes, and parsing them and writing again gives the same, unless a number was given as text.
    public static let canonical = JSONStyle(letters: "btnfr", isSorted: true, hidesASCIIOnly: true, hides: isLow)

    /// For a request or an answer: the same, in the order of the value.
    public static let compact = JSONStyle(letters: "btnfr", hidesASCIIOnly: true, hides: isLow)

    /// For a text that a person pastes or a program reads by lines: nothing in it ends the line, in any script.
    public static let line = JSONStyle(letters: "nrt") { scalar in
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
        default: false
        }
    }

    /// For a terminal: characters that show nothing, or reverse what follows, are written in digits: the value stays, the terminal is safe.
    public static let console = JSONStyle(letters: "nrt") { !$0.isVisible }

    /// For the data blocks of prompts: texts are escaped so far that they can end neither the text, nor the block, nor a template
    /// tag, nor the line, and a table reads as one.
    public static let prompt = JSONStyle(letters: "", hasTables: true) { "<>&{}`".unicodeScalars.contains($0) || !$0.isPrintable }

    @Sendable private static func isLow(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 }
}
