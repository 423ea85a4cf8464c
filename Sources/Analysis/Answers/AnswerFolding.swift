// Outside text as its marks are read: letters of other widths and styles as plain ones in lower case, HTML entities and
import Kernel

// escapes of angle brackets as brackets, nothing that has no width, and tags without the space inside them. Each
// character remembers where it came from, so that a place found here is a place in the text itself.

struct AnswerFolding {
    /// Lower case.
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each begins in the text it was folded from, characters without width before it included; last, where the rest begins.
    private(set) var origins: [Int] = []
    /// A longer name is no tag's.
    static let longestTag = 64

    init(_ text: [Unicode.Scalar]) {
        var at = 0, begin = 0
        while at < text.count {
            let (scalar, next) = Self.bracket(text, at) ?? (Self.plain(text[at]), at + 1)
            if !AnswerCharacters.isZeroWidth(scalar) {
                scalars.append(scalar)
                origins.append(begin)
                begin = next
            }
            at = next
        }
        origins.append(begin)
        squeeze()
    }

    /// Takes the space out of tags: `< think\n>` is `<think>`.
    private mutating func squeeze() {
        guard scalars.contains("<") else { return }
        var kept: [Unicode.Scalar] = [], places: [Int] = [], at = 0
        while at < scalars.count {
            let end = scalars[at] == "<" ? Self.tagEnd(scalars, at) : nil
            for place in at..<(end ?? at + 1) where end == nil || !scalars[place].isSpace {
                kept.append(scalars[place])
                places.append(origins[place])
            }
            at = end ?? at + 1
        }
        places.append(origins[scalars.count])
        (scalars, origins) = (kept, places)
    }

    /// Behind the tag that begins at `start`: a name, with space at its edges alone; nil if it is no tag.
    static func tagEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        var at = start + 1
        func skip() { while at < scalars.count, at - start < longestTag, scalars[at].isSpace { at += 1 } }
        skip()
        if at < scalars.count, scalars[at] == "/" { at += 1 }
        skip()
        let name = at
        while at < scalars.count, at - start < longestTag, isOfName(scalars[at]) { at += 1 }
        guard scalars[name..<at].contains(where: \.properties.isAlphabetic) else { return nil }
        skip()
        return at < scalars.count && scalars[at] == ">" ? at + 1 : nil
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || AnswerCharacters.isDigit(scalar) || ["_", "-", ":", ".", "|", "\u{2581}", "\u{FF5C}", "="].contains(scalar)
    }

    /// An angle bracket written as an entity or an escape, and what follows it.
    private static func bracket(_ text: [Unicode.Scalar], _ at: Int) -> (Unicode.Scalar, Int)? {
        guard text[at] == "&" || text[at] == "\\" else { return nil }
        for (spelling, scalar) in spellings where text.count - at >= spelling.count && zip(spelling, text[at...]).allSatisfy({ $0 == plain($1) }) {
            return (scalar, at + spelling.count)
        }
        return nil
    }

    private static let spellings: [([Unicode.Scalar], Unicode.Scalar)] =
        [
            ("<", ["&lt;", "&amp;lt;", "&#60;", "&#060;", "&#x3c;", "&#x003c;", "\\u003c", "\\x3c"]),
            (">", ["&gt;", "&amp;gt;", "&#62;", "&#062;", "&#x3e;", "&#x003e;", "\\u003e", "\\x3e"])
        ]
        .flatMap { (scalar: Unicode.Scalar, words: [String]) in words.map { (Array($0.unicodeScalars), scalar) } }

    /// The plain character that one of another width or style stands for (as NFKC does), letters in lower case.
    static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        switch value {
        case 0x41...0x5A: return Unicode.Scalar(UInt8(value | 32))
        case 0xFF01...0xFF5E: return plain(Unicode.Scalar(UInt8(value - 0xFEE0)))
        case 0xFE64: return "<"
        case 0xFE65: return ">"
        case 0x1D400...0x1D6A3: return Unicode.Scalar(UInt8(97 + (value - 0x1D400) % 26))
        case 0x24B6...0x24E9: return Unicode.Scalar(UInt8(97 + (value - 0x24B6) % 26))
        case 0x210E: return "h"
        default: return scalar
        }
    }
}
