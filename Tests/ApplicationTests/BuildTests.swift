// The program that ran a cycle is known by its hash, beside the chain.
import Engine
import Kernel
import Ports
import Settings
import SettingsFiles
import Signing
import Store
import TestSupport
import Testing
import Trading

@testable import Application

@Suite("The build of a cycle")
struct BuildTests {
    @Test("is the hash of the executable, read once and again only if the file is another one, and changes no chain")
    func noted() throws {
        let scratch = try Scratch(), folder = HomeFolder(path: scratch.home)
        try folder.prepare()
        let journal = try SQLiteJournal(path: folder.journal)
        let session = Session(scratch.caller, LoadedConfiguration(settings: .default, file: nil), folder, journal, clock: FakeClock())
        let program = scratch.write("program", String(repeating: "x", count: 3_000_000)), cycle = CycleId("C2026010514")!
        let head = try journal.head()
        let first = "\"\(SHA256.hex(Array(repeating: UInt8(ascii: "x"), count: 3_000_000)))\""
        for _ in 0..<2 {
            try Build(session: session, executable: program).note(cycle)
            #expect(try journal.newestNote("build", cycle.description) == first)
        }
        _ = scratch.write("program", "another")
        try Build(session: session, executable: program).note(cycle)
        #expect(try journal.newestNote("build", cycle.description) == "\"\(SHA256.hex(Array("another".utf8)))\"")
        #expect(try journal.head() == head && journal.newestNote("build", "C2026010515") == nil)
        try Build(session: session, executable: scratch.folder + "/gone").note(CycleId("C2026010515")!)
        #expect(try journal.newestNote("build", "C2026010515") == nil)
    }
}
