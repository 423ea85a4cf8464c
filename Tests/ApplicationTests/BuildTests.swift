// The program that ran a cycle is known by its build id, beside the chain.
import Engine
import Kernel
import Ports
import Settings
import SettingsFiles
import Store
import TestSupport
import Testing
import Trading

@testable import Application

@Suite("The build of a cycle")
struct BuildTests {
    /// A file that has one segment of notes, the second of them a build id.
    private static func elf(magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1], entry: UInt8 = 56, kind: UInt8 = 4, noteSize: UInt8 = 52) -> [UInt8] {
        let notes =
            words(4, 8, 5) + Array("GNU\0".utf8) + [UInt8](repeating: 9, count: 8) + words(4, 5, 3) + Array("GNU\0".utf8)
            + [0xAB, 0, 1, 2, 0xFF, 0, 0, 0] + words(0)
        var header = magic + [UInt8](repeating: 0, count: 64 - magic.count)
        header[32] = 64
        header[54] = entry
        header[56] = 1
        var segment = [UInt8](repeating: 0, count: 56)
        segment[0] = kind
        segment[8] = 120
        segment[32] = noteSize
        return header + segment + notes
    }

    private static func words(_ values: UInt8...) -> [UInt8] { values.flatMap { [$0, 0, 0, 0] } }

    @Test(
        "is read from a note of the executable; a file that is cut, damaged or of another kind has none",
        arguments: [
            (elf(), "ab000102ff"), (elf(magic: [0x7F, 0x45, 0x4C, 0x46, 1, 1]), nil), (elf(magic: [0x23, 0x21]), nil), (elf(entry: 0), nil),
            (elf(entry: 55), nil), (elf(kind: 1), nil), (elf(noteSize: 44), nil), (elf(noteSize: 200), nil), (Array(elf().prefix(100)), nil),
            ([], nil)
        ] as [([UInt8], String?)])
    func read(file: [UInt8], id: String?) throws {
        let scratch = try Scratch(), path = scratch.folder + "/program"
        Files.write(file, to: path)
        #expect(BuildId.read(path) == id)
    }

    @Test("is noted with the cycle and changes no chain; a program without one notes nothing")
    func noted() throws {
        let scratch = try Scratch(), folder = HomeFolder(path: scratch.home), path = scratch.folder + "/program"
        try folder.prepare()
        let journal = try SQLiteJournal(path: folder.journal)
        let session = Session(scratch.caller, LoadedConfiguration(settings: .default, file: nil), folder, journal, clock: FakeClock())
        let head = try journal.head()
        Files.write(Self.elf(), to: path)
        try Build(session: session, executable: path).note(CycleId("C2026010514")!)
        try Build(session: session, executable: scratch.folder + "/gone").note(CycleId("C2026010515")!)
        #expect(try journal.newestNote("build", "C2026010514") == "\"ab000102ff\"" && journal.head() == head)
        #expect(try journal.newestNote("build", "C2026010515") == nil)
    }
}
