// A headline without its markup: tags gone, entities decoded, one line, bounded. What is left is
// still untrusted text; it only cannot carry markup or controls any more.
import Kernel
import Ports

enum PlainText {
    static let maximumTitle = 300
    /// Scalars that show nothing make no title longer, so they are counted too.
    private static let maximumScalars = 8 * maximumTitle
    static let maximumLink = 2_048

    /// A title of at most 300 characters; empty if nothing visible is left. The scanner has decoded
    /// entities once, so the pass here is the second and last.
    /// - Parameter keepsInvisible: whether characters that show nothing stay in. That a headline has them is a mark
    ///   against it (Prompts/CleanText), which could not be set any more if they are gone.
    static func title(_ raw: String, keepsInvisible: Bool = false) -> String {
        let bare = strip(EntityDecoder.decode(strip(raw)))
        let visible = SafeText.headline(bare, keepsInvisible: keepsInvisible, limit: maximumScalars)
        guard visible.unicodeScalars.contains(where: { $0.isPrintable && !$0.isSpace }) else { return "" }
        let line = visible.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= maximumTitle ? line : line.prefix(maximumTitle - 1) + "…"
    }

    /// A web address, or "" for anything else (a `javascript:` link is no link).
    static func link(_ raw: String) -> String {
        let text = raw.split(whereSeparator: \.isWhitespace).joined()
        let lower = text.prefix(8).lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), text.utf8.count <= maximumLink,
            text.unicodeScalars.allSatisfy({ $0.isPrintable && !"<>\"'`\\".unicodeScalars.contains($0) })
        else { return "" }
        return text
    }

    /// Without tags and comments, and without what stands inside script and style. `<` before anything
    /// but a letter, `/`, `!` or `?` is an ordinary sign ("5 < 6").
    static func strip(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<"), at + 1 < bytes.count, opensTag(bytes[at + 1]) else {
                result.append(bytes[at])
                at += 1
                continue
            }
            let tag = bytes[(at + 1)...].prefix(7).map { $0 | 32 }
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { break }
            at = end + 1
            for name in ["script", "style"] where tag.starts(with: Array(name.utf8)) {
                at = close(of: name, in: bytes, from: at)
            }
            result.append(32)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func opensTag(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
            || byte == UInt8(ascii: "?")
    }

    /// The place behind the end tag of `name`, or the end of the text.
    private static func close(of name: String, in bytes: [UInt8], from start: Int) -> Int {
        let needle = Array("</\(name)".utf8)
        var at = start
        while at + needle.count <= bytes.count {
            if bytes[at..<at + needle.count].map({ $0 | 32 }).elementsEqual(needle.map { $0 | 32 }) {
                return bytes[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
            }
            at += 1
        }
        return bytes.count
    }
}
