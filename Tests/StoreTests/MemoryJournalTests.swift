// The journal in memory, by which the engine's tests keep their books, is believed because it answers as the real one does.
import Events
import GRDB
import Kernel
import Ports
import TestSupport
import Testing
import Trading

@testable import Store

@Suite("The journal in memory")
struct MemoryJournalTests {
    @Test("it has the real journal's book, its newest moment, its blobs and the entries of each cycle")
    func same() throws {
        let folder = try TemporaryFolder(), real = try SQLiteJournal(path: folder.file("journal.sqlite")), story = Story(journal: real)
        try story.tell()
        try story.look(180)
        let missed = CycleMissed(first: CycleId(hour: story.at(240)), last: CycleId(hour: story.at(300)), count: 2, why: "asleep")
        try real.commit(at: story.at(360)) { _ in [.cycleMissed(missed)] }

        let memory = MemoryJournal()
        for entry in try real.queue.read({ try SQLiteJournal.entries($0, "TRUE", []) }) {
            try memory.commit(at: entry.at, blobs: [story.candles]) { _ in [entry.event] }
        }
        #expect(try memory.book() == real.book())
        #expect(try memory.newestEntry() == real.newestEntry() && memory.newestEntry() == story.at(360))
        #expect(try memory.blob(story.candles.hash) == real.blob(story.candles.hash))
        for hour in 0...6 {
            let key = CycleId(hour: story.at(60 * hour)).description
            let (kept, told) = (try real.entries(about: key), try memory.entries(about: key))
            #expect(told.map(\.event) == kept.map(\.event) && told.map(\.sequence) == kept.map(\.sequence), "\(key)")
            #expect(kept.isEmpty == [4, 6].contains(hour), "\(key)")
        }
    }

    @Test("where nothing is decided nothing is written, in either")
    func nothing() throws {
        let folder = try TemporaryFolder()
        for journal in [MemoryJournal(), try SQLiteJournal(path: folder.file("journal.sqlite"))] as [any Journal] {
            let blob = Blob(hash: "h", bytes: [1])
            #expect(try journal.commit(at: Timestamp(milliseconds: 1), blobs: [blob]) { _ in [] } == Book())
            #expect(try journal.newestEntry() == nil && journal.blob("h") == nil && journal.mark() == nil)
        }
    }
}
