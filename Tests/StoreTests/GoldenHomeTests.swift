// Journals that earlier versions of this program wrote, each left in the middle of something: what was open then is
// open now, to the last order. That they go on to the same trades, `make proven` shows.
import Events
import Foundation
import GRDB
import Kernel
import Market
import Testing
import Trading

@testable import Store

@Suite("Golden homes")
struct GoldenHomeTests {
    struct Home: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let head: String
        let entries: Int
        var equity: FixedDecimal?
        var orders: [String] = []
        /// Symbol and who holds it.
        var held: [String: String] = [:]
        var messages = 0
        var halted: String?
        var breakers: [String] = []
    }

    static let homes = [
        Home(
            testDescription: "killed-entries", head: "07d07849ca1c5747b52713c9c6952401aa19a0a0bfda5445d387f5aabfc67850", entries: 10,
            orders: ["CR2026010500APTE0", "CR2026010500ARBE0", "CR2026010500ICPE0"]),
        Home(
            testDescription: "killed-exit", head: "4ff9eaf8f3ba62e22d43226e3da2399b1257a5e8ee48138d084886c718251a87", entries: 90,
            equity: "1003.17097992", orders: ["CRT0002X2"], held: ["APT/USDT": "panel", "ICP/USDT": "panel"], messages: 12),
        Home(
            testDescription: "strategy-open", head: "f87e6147db21466ccc177ddde100eefa36ee44b33e07ad3ecd9c2ec47c51e481", entries: 218,
            equity: "994.16436336", held: ["AVAX/USDT": "trend-following", "HBAR/USDT": "trend-following"], messages: 22),
        Home(
            testDescription: "halted", head: "005e8ff5888322344abc7dde43fe42328807a250f998c7bd2936c93b72dfb869", entries: 360,
            equity: "992.25479644", messages: 46, halted: "looked at", breakers: ["streak"]),
        Home(
            testDescription: "own-24h", head: "081364ec4ca926f0c4679e87bca077d1996714f51985cfd1591e9d0e2eb76c22", entries: 289,
            equity: "997.44322368", held: ["ADA/USDT": "panel", "ICP/USDT": "panel", "TRX/USDT": "panel"], messages: 35),
        Home(
            testDescription: "version-2", head: "f57fc7f8788628bb92b6558955fe246757c82c5f476bb28b658a8f9f3c14f032", entries: 140,
            equity: "1004.15390877", orders: ["C6e9loT0003X2"],
            held: ["ETC/USDT": "panel", "FIL/USDT": "panel", "LINK/USDT": "panel"], messages: 16)
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Proven/homes"

    @Test("is read as it was left: what was under way, held, halted and not yet delivered", arguments: homes, [false, true])
    func asLeft(_ home: Home, mayWrite: Bool) throws {
        let folder = try TemporaryFolder(), path = folder.file("journal.sqlite")
        try Packed.unpack("\(Self.folder)/\(home.testDescription).sqlite.gz", to: path)
        let journal = try SQLiteJournal(path: path, mayWrite: mayWrite), book = try journal.book()
        #expect(try journal.head() == home.head && journal.doubts().isEmpty)
        let verified = try journal.verify()
        #expect(verified.faults == [] && verified.entries == home.entries)
        #expect(book.main.lastEquity == home.equity && book.main.unresolvedOrders.map(\.id.text).sorted() == home.orders)
        let held = book.main.openPositions.map { ($0.symbol.description, $0.strategy?.name ?? "panel") }
        #expect(Dictionary(held, uniquingKeysWith: { first, _ in first }) == home.held)
        #expect(book.killSwitch == home.halted && book.main.breakers.keys.sorted() == home.breakers)
        #expect(book.nextMessage - 1 == home.messages)
        #expect(try journal.queue.read { try Fold.all($0).book } == book)
    }

    @Test("its stored account of another version is made anew once, whatever it says", arguments: homes)
    func anotherVersion(_ home: Home) throws {
        let folder = try TemporaryFolder(), path = folder.file("journal.sqlite")
        try Packed.unpack("\(Self.folder)/\(home.testDescription).sqlite.gz", to: path)
        let journal = try SQLiteJournal(path: path), book = try journal.book()
        try journal.queue.write { db in
            // Right in every way but for its version: of a book with other fields nobody knows what the missing ones were.
            var state = try Fold.all(db)
            try state.book.apply(.killSwitchSet(KillSwitchSet(engaged: true, reason: "of another version")), at: .earliest)
            try StoredBook.write(state, db, as: StoredBook.version + 1)
        }
        let again = try SQLiteJournal(path: path)
        #expect(try again.book() == book && again.doubts().isEmpty)
    }
}
