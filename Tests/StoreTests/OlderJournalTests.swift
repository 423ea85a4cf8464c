// Journals that an earlier version wrote, where they lie beside this repository: read as they are, taken over, gone on with.
import Events
import Foundation
import Kernel
import Ports
import Testing

@testable import Store

private let journals: String = {
    if let told = ProcessInfo.processInfo.environment["CARILLON_SHARED"] { return told + "/data/journals" }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../shared/data/journals"
}()

@Suite("Journals of version 0.1.0", .enabled(if: FileManager.default.fileExists(atPath: journals), "the shared journals are not here"))
struct OlderJournalTests {
    @Test(
        "is read as it was, taken over without a doubt, and gone on with",
        arguments: [
            ("demo-seed3-72h", "da3f331409955608460c9a59d95f3cca9b81c849b2e6cec2ac55e9d6fe911a44", "987.109791208" as FixedDecimal),
            ("strategies-candles-200h", "3232bb04c7cf284ef94513a3b0e821fe4f8ee5820493ca32f820bf57414ee321", "1017.4409992631")
        ])
    func older(name: String, head: String, equity: FixedDecimal) throws {
        let folder = try TemporaryFolder(), path = folder.file("journal.sqlite")
        try Packed.unpack("\(journals)/\(name).sqlite.gz", to: path)
        var book = Book()
        for mayWrite in [false, true] {
            let journal = try SQLiteJournal(path: path, mayWrite: mayWrite)
            book = try journal.book()
            #expect(try journal.head() == head && book.main.lastEquity == equity)
            #expect(try journal.doubts().isEmpty && journal.verify().faults == [])
        }
        let journal = try SQLiteJournal(path: path), newest = try #require(try journal.newestEntry())
        try book.apply(.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "test")), at: newest)
        #expect(try journal.commit(at: newest) { _ in [.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "test"))] } == book)
        #expect(try SQLiteJournal(path: path).book() == book)
    }
}
