// Tables, indexes and triggers held against those this program makes: a trigger that is gone would let entries be
// changed, an index that is gone would only be slow, and neither is what was made here.
import GRDB

enum SchemaCheck {
    private struct Item: Hashable {
        let kind: String
        let name: String
        let table: String
        let sql: String?
    }

    static func faults(_ db: Database) throws -> [String] {
        let made = try own(like: db), there = try items(db)
        let changed = Set(made.map(\.name)).symmetricDifference(there.map(\.name)).sorted()
        let other = there.subtracting(made).filter { item in made.contains { $0.name == item.name } }.map(\.name).sorted()
        return changed.map { name in
            guard let kind = made.first(where: { $0.name == name })?.kind else {
                return "\(kind(name, there)) \(name) is none of this program's; restore a backup"
            }
            return "\(kind) \(name) is gone; \(hasNoContent(kind) ? "carillon journal rebuild makes it anew" : "restore a backup")"
        } + other.map { "\(kind($0, made)) \($0) was changed; restore a backup" }
    }

    /// Rebuilds what has no content of its own.
    static func restore(_ db: Database) throws {
        let there = try items(db)
        for item in try own(like: db).sorted(by: { $0.name < $1.name }) where hasNoContent(item.kind) && !there.contains(item) {
            guard let sql = item.sql else { continue }
            if there.contains(where: { $0.name == item.name }) { try db.execute(sql: "DROP \(item.kind) \(item.name)") }
            try db.execute(sql: sql)
        }
    }

    private static func hasNoContent(_ kind: String) -> Bool { kind == "index" || kind == "trigger" }

    private static func kind(_ name: String, _ items: Set<Item>) -> String { items.first { $0.name == name }?.kind ?? "table" }

    private static func items(_ db: Database) throws -> Set<Item> {
        try Set(
            Row.fetchAll(db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master").map { row in
                // Text alone counts: bytes that read the same were not written by SQLite.
                func text(_ column: Int) -> String? {
                    let value: DatabaseValue = row[column]
                    if case .string(let text) = value.storage { return text }
                    return value.isNull ? nil : "\(value)"
                }
                return Item(kind: text(0) ?? "", name: text(1) ?? "", table: text(2) ?? "", sql: text(3))
            })
    }

    /// The schema of a journal that was just made, with the migrations that this one has.
    private static func own(like db: Database) throws -> Set<Item> {
        let migrator = Migrations.migrator(), empty = try DatabaseQueue()
        if let last = try migrator.completedMigrations(db).last { try migrator.migrate(empty, upTo: last) }
        return try empty.read(items)
    }
}
