// An event that contradicts the account: it is not written, and a journal that holds one all the same, with every hash
// right, is not traded from.
import Events
import Foundation
import GRDB
import Kernel
import Market
import Ports
import Testing
import Trading

@testable import Store

@Suite("Contradictions")
struct ContradictionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let contradiction: Contradiction
        /// From the story's own position and order.
        let event: @Sendable (Story) -> JournalEvent
        init(_ words: String, _ contradiction: Contradiction, _ event: @escaping @Sendable (Story) -> JournalEvent) {
            (testDescription, self.contradiction, self.event) = (words, contradiction, event)
        }
    }

    static let stranger = ClientOrderId("CRT0009X1")!, trade = TradeId(1), unknown = TradeId(9)
    static let cases = [
        Case("an answer for an order that nobody announced", .noSuchOrder(stranger)) { _ in
            .orderChanged(OrderChanged(order: stranger, event: .accept))
        },
        Case("the end of a position that is not there", .noSuchTrade(unknown)) { story in
            .entryFailed(EntryFailed(trade: unknown, symbol: story.symbol, why: "test"))
        },
        Case("an entry that failed although it is held", .position(trade, .failEntry, after: .open)) { story in
            .entryFailed(EntryFailed(trade: trade, symbol: story.symbol, why: "test"))
        },
        Case("a mark of a position that is not there", .noSuchTrade(unknown)) { story in
            .positionMarked(PositionMarked(trade: unknown, watch: ExitWatch(readThrough: story.start, highest: Price("15")!)))
        }
    ]

    private let folder: TemporaryFolder
    private var path: String { folder.file("journal.sqlite") }
    init() throws { folder = try TemporaryFolder() }

    private func held() throws -> Story {
        let story = Story(journal: try SQLiteJournal(path: path))
        try story.open()
        try story.enter()
        return story
    }

    @Test("it is refused and nothing of its commit is written", arguments: cases)
    func refused(_ test: Case) throws {
        let story = try held(), before = try story.journal.head(), book = try story.journal.book()
        #expect(throws: JournalError.contradiction(test.contradiction)) {
            try story.journal.commit(at: story.at(9)) { _ in
                [.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "test")), test.event(story)]
            }
        }
        #expect(try story.journal.head() == before && story.journal.book() == book)
        #expect(try story.journal.verify().faults == [])
    }

    @Test("in a chain whose every link is right it is named with its entry's number", arguments: cases)
    func forged(_ test: Case) throws {
        let story = try held(), sequence = try story.journal.queue.read { try Chain.head($0).sequence } + 1
        try story.journal.queue.write { db in
            let head = try Chain.head(db), encoded = try EventCoding.encode(test.event(story)), at = story.at(9)
            let hash = Chain.link(previous: head.hash, sequence: sequence, at: at, encoded)
            try db.execute(
                sql: "INSERT INTO events(seq, at, kind, key, body, hash) VALUES (?, ?, ?, ?, ?, ?); DELETE FROM book",
                arguments: [sequence, at.milliseconds, encoded.kind, encoded.key, encoded.body, hash])
        }
        guard case .damaged(let what, sequence)? = #expect(throws: JournalError.self, performing: { try SQLiteJournal(path: path) }) else {
            Issue.record("expected a damaged journal")
            return
        }
        #expect(what.hasPrefix("journal entry \(sequence) contradicts the ones before it (\(test.contradiction))"), "\(what)")
    }
}
