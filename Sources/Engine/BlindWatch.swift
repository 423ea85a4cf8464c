// Held coins without a price their stop could be judged by: the book keeps them from the first look on, a message follows the second,
// and another the end, when a price is there again or nothing is held any more.
import Events
import Market
import Trading

struct BlindWatch {
    /// Why a symbol's price could not be read.
    let unread: [Symbol: String]
    /// The symbols that were looked at in this step and could be judged.
    let judged: Set<Symbol>

    func note(_ writer: inout EventWriter) {
        let held = Set(writer.book.main.openPositions.map(\.symbol.description))
        let standing = writer.book.troubles(of: .blind).map(\.subject)
        let seen = Set(judged.map(\.description))
        writer.end(.blind, standing.filter { held.contains($0) && seen.contains($0) }, how: "a price can be read again")
        writer.end(.blind, standing.filter { !held.contains($0) }, how: "nothing of it is held any more")
        let found = unread.filter { held.contains($0.key.description) }.sorted { $0.key < $1.key }
        writer.suspect(.blind, found.map { ($0.key.description, $0.value) })
    }
}
