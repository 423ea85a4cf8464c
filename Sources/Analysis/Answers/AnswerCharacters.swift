// The characters a tolerant reader must tell apart outside texts: space, zero-width, the wide and curly
import Kernel

// twins of JSON's punctuation, and the HTML entities of a quote.

enum AnswerCharacters {
    /// Characters without a width, the byte order mark among them.
    static func isZeroWidth(_ c: Unicode.Scalar) -> Bool {
        switch c.value {
        case 0x200b...0x200f, 0x2060, 0xfeff, 0x180e: true
        default: false
        }
    }

    /// The ASCII punctuation a full-width one stands for.
    static func plain(_ c: Unicode.Scalar) -> Unicode.Scalar {
        switch c {
        case "\u{ff5b}": "{"
        case "\u{ff5d}": "}"
        case "\u{ff3b}": "["
        case "\u{ff3d}": "]"
        case "\u{ff1a}": ":"
        case "\u{ff0c}": ","
        default: c
        }
    }

    static func isWordStart(_ c: Unicode.Scalar) -> Bool {
        switch c {
        case "a"..."z", "A"..."Z", "_", "$": true
        default: false
        }
    }
    static func isWord(_ c: Unicode.Scalar) -> Bool { isWordStart(c) || isDigit(c) || c == "-" }
    static func isDigit(_ c: Unicode.Scalar) -> Bool { c.value &- 48 < 10 }

    /// ASCII letters in lower case, everything else untouched (no Unicode folding: `ſ` is not `s`).
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
    }
    static func uppercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (97...122).contains($0) ? $0 & 0xdf : $0 }, as: UTF8.self)
    }

    /// The text without the space around it.
    static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, first.isSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isSpace { scalars.removeLast() }
        return String(scalars)
    }
}

/// How a text is delimited: by which characters, or by an HTML entity.
enum QuoteStyle: Equatable {
    case double, single, smartDouble, smartSingle, wideDouble, wideSingle, entityDouble, entitySingle

    /// The style a character opens.
    init?(opening c: Unicode.Scalar) {
        switch c {
        case "\"": self = .double
        case "'": self = .single
        case "\u{201c}", "\u{201d}", "\u{201e}", "\u{201f}": self = .smartDouble
        case "\u{2018}", "\u{2019}", "\u{201a}", "\u{201b}": self = .smartSingle
        case "\u{ff02}": self = .wideDouble
        case "\u{ff07}": self = .wideSingle
        default: return nil
        }
    }

    /// The style an entity of a quote opens.
    init?(entity c: Unicode.Scalar) {
        switch c {
        case "\"": self = .entityDouble
        case "'": self = .entitySingle
        default: return nil
        }
    }

    var isEntity: Bool { self == .entityDouble || self == .entitySingle }

    var repair: AnswerRepair? {
        switch self {
        case .double: nil
        case .single: .singleQuotes
        case .smartDouble, .smartSingle: .smartQuotes
        case .wideDouble, .wideSingle: .fullWidth
        case .entityDouble, .entitySingle: .entities
        }
    }
}
