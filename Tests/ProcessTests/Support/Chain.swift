// What a journal holds, read with SQL of our own rather than with the program's reader.
import GRDB
import TestSupport

struct Chain: Sendable {
    struct Link: Sendable {
        let sequence: Int
        let kind: String
        let key: String
        let body: String
    }
    let links: [Link]
    var kinds: [String] { links.map(\.kind) }

    /// Empty where there is no journal yet, or none that was begun.
    init(_ path: String) throws {
        guard Files.exists(path) else {
            links = []
            return
        }
        links = try DatabaseQueue(path: path).read { db in
            guard try db.tableExists("events") else { return [] }
            return try Row.fetchAll(db, sql: "SELECT seq, kind, key, body FROM events ORDER BY seq")
                .map { Link(sequence: $0["seq"], kind: Self.plain($0["kind"]), key: $0["key"], body: $0["body"]) }
        }
    }

    /// Without the version of its shape.
    private static func plain(_ kind: String) -> String { String(kind.prefix { $0 != "." }) }

    func count(_ kind: String) -> Int { kinds.count { $0 == kind } }
    func of(_ kind: String) -> [Link] { links.filter { $0.kind == kind } }
}
