// A parsed YAML value with its place: texts, lists and maps, and nothing else. Numbers stay the text
// that was written, so that they can be read exactly.

/// A place in a file, both counted from 1.
struct Position: Hashable, Comparable, Sendable {
    let line: Int
    let column: Int
    static func < (a: Position, b: Position) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

struct Entry: Sendable {
    struct Pair: Sendable {
        let key: String
        let position: Position
        let value: Entry
    }

    enum Content: Sendable {
        /// Nothing was written, or `~` or `null`.
        case nothing
        case text(String)
        case list([Entry])
        case map([Pair])
    }

    let content: Content
    let position: Position
}
