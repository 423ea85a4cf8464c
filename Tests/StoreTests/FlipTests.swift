// One flipped bit anywhere in the pages of what stands beside the chain: whatever it changes of what can be read is
// noticed. CARILLON_FLIPS says how many of each part, for a longer run.
import Compression
import Foundation
import GRDB
import Kernel
import Testing

@testable import Store

/// All that can be read of a journal's parts; content as it is unpacked.
private struct Contents: Equatable {
    private var rows: [String: [[DatabaseValue]]] = [:]

    /// What is in it and not in the other.
    func others(than other: Contents) -> String {
        rows.keys.sorted().flatMap { table in (rows[table] ?? []).filter { !(other.rows[table] ?? []).contains($0) }.map { "\(table): \($0)" } }
            .joined(separator: "; ")
    }

    init(_ path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        rows = try DatabaseQueue(path: path, configuration: configuration).read { db in
            var rows: [String: [[DatabaseValue]]] = [:]
            for (table, columns) in [
                ("book", "*"), ("trades", "*"), ("messages", "*"), ("blobs", "*"), ("sqlite_master", "type, name, tbl_name, sql")
            ] {
                rows[table] = try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table) ORDER BY 1, 2").map { Array($0.databaseValues) }
            }
            rows["blobs"] = rows["blobs"]?.map { row in
                guard let bytes = Data.fromDatabaseValue(row[1]), let whole = Deflate.expand([UInt8](bytes), limit: 1 << 20) else { return row }
                return [row[0], Data(whole).databaseValue, row[2]]
            }
            return rows
        }
    }
}

@Suite("A flipped bit")
struct FlipTests {
    private static let count = ProcessInfo.processInfo.environment["CARILLON_FLIPS"].flatMap { Int($0) } ?? 60
    private static let parts: [String: Set<String>] = [
        "book": ["book"], "readings": ["trades", "trades_by_time", "messages"], "content": ["blobs", "blobs_by_age"],
        "schema": ["sqlite_schema", "sqlite_master"]
    ]

    @Test(
        "in book, readings, content or schema is noticed wherever it changes what can be read", arguments: ["book", "readings", "content", "schema"])
    func noticed(part: String) throws {
        let folder = try TemporaryFolder(), whole = folder.file("whole.sqlite"), copy = folder.file("copy.sqlite")
        try Story.written(to: whole)
        let truth = try Contents(whole), pages = try pages(of: Self.parts[part] ?? [], in: whole)
        let bytes = try #require(FileManager.default.contents(atPath: whole))
        var random = SplitMix64(seed: UInt64(part.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })), changes = 0
        func write(_ data: Data) throws {
            for file in [copy + "-wal", copy + "-shm"] { try? FileManager.default.removeItem(atPath: file) }
            try data.write(to: URL(fileURLWithPath: copy))
        }
        try write(bytes)
        #expect(try Contents(copy) == truth && !isNoticed(copy))
        // Readings only point to entries: most of their pages is free.
        let count = part == "readings" ? Self.count * 10 : Self.count
        for _ in 0..<count {
            let page = try #require(pages.randomElement(using: &random)), bit = Int.random(in: 0..<8, using: &random)
            let place = (page - 1) * 4_096 + Int.random(in: 0..<4_096, using: &random)
            var flipped = bytes
            flipped[place] ^= 1 << bit
            try write(flipped)
            // What cannot be read is as changed as can be.
            let read = try? Contents(copy)
            guard read != truth else { continue }
            changes += 1
            #expect(isNoticed(copy), "byte \(place), bit \(bit): \(read?.others(than: truth) ?? "cannot be read")")
        }
        #expect(changes > Self.count / 20, "\(changes) of \(count) flips changed something")
        print("\(part): \(changes) of \(count) flips changed what can be read")
    }

    private func isNoticed(_ path: String) -> Bool {
        do { return try !SQLiteJournal(path: path, mayWrite: false).verify().faults.isEmpty } catch { return true }
    }

    /// Numbers of the pages that tables and indexes of these names take.
    private func pages(of names: Set<String>, in path: String) throws -> [Int] {
        try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT name, pageno FROM dbstat ORDER BY pageno").filter { names.contains($0["name"]) }.map { $0["pageno"] }
        }
    }
}
