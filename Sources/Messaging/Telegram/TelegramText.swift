// Makes a text fit into one Telegram message. Telegram counts UTF-16 code units after it has read tags
// and entities; so do we. A cut never falls into a tag, an entity, a surrogate pair or a character.

public enum TelegramText {
    /// Telegram's own limit, in UTF-16 code units after entity parsing.
    public static let limit = 4_096
    private static let ellipsis = "…"
    private static let tags: Set<String> = ["b", "i", "code", "pre"]

    /// How much of the limit an HTML text takes.
    public static func length(html: String) -> Int { pieces(of: html).reduce(0) { $0 + $1.units } }

    /// The HTML as it is if it fits; else its first lines, open tags closed, and a last line `…`.
    /// Only if the first line alone is too long is that line cut.
    public static func fit(html: String, limit: Int = TelegramText.limit) -> String {
        fit(html, pieces(of: html), limit: limit)
    }

    /// The same for text without markup.
    public static func fit(plain: String, limit: Int = TelegramText.limit) -> String {
        fit(
            plain,
            plain.unicodeScalars.indices.map { index in
                Piece(
                    end: plain.unicodeScalars.index(after: index), units: UTF16.width(plain.unicodeScalars[index]),
                    what: .scalar(plain.unicodeScalars[index]))
            }, limit: limit)
    }

    private struct Cut {
        let end: String.Index
        let open: [String]
    }

    private static func fit(_ text: String, _ pieces: [Piece], limit: Int) -> String {
        guard pieces.reduce(0, { $0 + $1.units }) > limit else { return text }
        let room = limit - ellipsis.utf16.count - 1  // the ellipsis and the line end before it
        var units = 0, open: [String] = []
        var line: Cut?, character: Cut?
        var start = text.startIndex, boundary = text.startIndex
        for piece in pieces {
            while boundary < start { text.formIndex(after: &boundary) }
            if piece.isLineEnd, units > 0 { line = Cut(end: start, open: open) }
            if boundary == start, !piece.closesTag { character = Cut(end: start, open: open) }
            units += piece.units
            if units > room { break }
            switch piece.what {
            case .opens(let tag): open.append(tag)
            case .closes(let tag): if open.last == tag { open.removeLast() }
            case .scalar, .entity: break
            }
            start = piece.end
        }
        guard room > 0, let cut = line ?? character else { return limit > 0 ? ellipsis : "" }
        let closing = cut.open.reversed().map { "</\($0)>" }.joined()
        return text[..<cut.end] + closing + (line == nil ? "" : "\n") + ellipsis
    }

    // MARK: Pieces

    /// A tag, an entity or one scalar, and what it adds to the length.
    private struct Piece {
        enum What { case scalar(Unicode.Scalar), entity, opens(String), closes(String) }
        let end: String.Index
        let units: Int
        let what: What

        var isLineEnd: Bool {
            if case .scalar(let scalar) = what { return scalar == "\n" }
            return false
        }
        var closesTag: Bool {
            if case .closes = what { return true }
            return false
        }
    }

    private static func pieces(of html: String) -> [Piece] {
        let scalars = html.unicodeScalars
        var found: [Piece] = []
        var at = scalars.startIndex
        while at < scalars.endIndex {
            let piece =
                tag(in: scalars, at: at) ?? entity(in: scalars, at: at)
                ?? Piece(end: scalars.index(after: at), units: UTF16.width(scalars[at]), what: .scalar(scalars[at]))
            found.append(piece)
            at = piece.end
        }
        return found
    }

    /// `<b>` or `</b>` of the four known tags; anything else is text (and Telegram will say so).
    private static func tag(in scalars: String.UnicodeScalarView, at start: String.Index) -> Piece? {
        guard scalars[start] == "<", let end = scalars[start...].prefix(8).firstIndex(of: ">") else { return nil }
        let inside = scalars[scalars.index(after: start)..<end]
        let closes = inside.first == "/"
        let name = String(closes ? inside.dropFirst() : inside)
        guard tags.contains(name) else { return nil }
        return Piece(end: scalars.index(after: end), units: 0, what: closes ? .closes(name) : .opens(name))
    }

    /// `&amp;`, `&lt;`, `&gt;` and `&quot;`: one unit each.
    private static func entity(in scalars: String.UnicodeScalarView, at start: String.Index) -> Piece? {
        guard scalars[start] == "&", let end = scalars[start...].prefix(6).firstIndex(of: ";") else { return nil }
        let name = String(scalars[scalars.index(after: start)..<end])
        guard ["amp", "lt", "gt", "quot"].contains(name) else { return nil }
        return Piece(end: scalars.index(after: end), units: 1, what: .entity)
    }
}
