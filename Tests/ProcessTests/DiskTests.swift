// A disk that is full, that fails, or that may not be written (faults 66, 67, 71): what was not committed
// did not happen, the reason is said, and an account that cannot be read never looks like an empty one.
import GRDB
import Glibc
import Kernel
import Ports
import StrictJSON
import TestSupport
import Testing

@testable import Store

@Suite("A failing disk")
struct DiskTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// A journal with its opening balance and nothing else, and a reserve to free.
    private func begun(_ home: String) async throws -> Int {
        try #require(await bench.run("monitor", home: home).way == .exit(0))
        Files.write([1], to: home + "/reserve")
        return try Chain(bench.journal(home)).links.count
    }

    private func verified(_ home: String) async throws {
        let ended = try await bench.run("journal", "verify", home: home)
        #expect(ended.way == .exit(0), "\(ended)")
    }

    @Test(
        "a full disk: nothing is bought, the reserve is freed, and the alert about it is in the journal",
        .enabled(if: FailingDisk.compiler != nil, "no C compiler here"),
        arguments: ["journal.sqlite", "journal.sqlite-wal"])
    func F066_diskFull(file: String) async throws {
        let home = bench.home(), before = try await begun(home), disk = try await FailingDisk(bench)
        let ended = try await bench.run(["cycle", "--home", home], disk.variables("write", on: file, with: ENOSPC, as: home + "/reserve"))
        #expect(ended.way == .exit(74) && ended.out.isEmpty)
        #expect(ended.firstError == "carillon: the disk is full; nothing was written, free some space and try again (exit 74)")
        #expect(!disk.failed.isEmpty && !Files.exists(home + "/reserve"))
        let left = try Chain(bench.journal(home))
        #expect(left.kinds.dropFirst(before) == ["breakerTripped", "messageQueued"], "\(left.kinds)")
        #expect(left.of("breakerTripped").first?.key == "critical")
        try await verified(home)

        // There is room again; the breaker holds until a person says otherwise.
        let paused = try JSONValue(parsing: try await bench.run("cycle", "--json", home: home).out)
        #expect(try paused["entries"].int == 0)
        let reset = try await bench.run("breaker", "reset", "critical", "--reason", "room was made", home: home)
        #expect(reset.way == .exit(0) && reset.out == "Breaker critical is reset.\n")
    }

    @Test("a reserve that was begun and is not whole is made whole by the next cycle")
    func reserveBegun() async throws {
        let home = bench.home()
        _ = try await begun(home)
        let ended = try await bench.run("cycle", home: home)
        #expect(ended.way == .exit(0) && Files.size(home + "/reserve") == 64 << 20, "\(ended)")
    }

    @Test(
        "a storage error ends the program at once; the failed sync is never tried again",
        .enabled(if: FailingDisk.compiler != nil, "no C compiler here"), arguments: ["sync", "write"])
    func F067_storageError(call: String) async throws {
        let home = bench.home(), before = try await begun(home), disk = try await FailingDisk(bench)
        let ended = try await bench.run(["cycle", "--home", home], disk.variables(call, on: "journal.sqlite-wal", with: EIO, as: home + "/reserve"))
        #expect(ended.way == .exit(74) && ended.out.isEmpty)
        #expect(
            ended.firstError == "carillon: \(bench.journal(home)): the storage failed (disk I/O error); stopped at once, "
                + "check the disk before the next start (exit 74)")
        #expect(disk.failed == [call])
        #expect(try Chain(bench.journal(home)).links.count == before)
        try await verified(home)
        let after = try await bench.run("cycle", home: home)
        #expect(after.way == .exit(0), "\(after)")
    }

    @Test(
        "each failure of the database is what the port calls it",
        arguments: [
            (ResultCode.SQLITE_BUSY, JournalError.locked), (.SQLITE_LOCKED, .locked), (.SQLITE_FULL, .diskFull), (.SQLITE_IOERR_SHMSIZE, .diskFull),
            (.SQLITE_IOERR_FSYNC, .device("J: the storage failed (words)")), (.SQLITE_IOERR_READ, .device("J: the storage failed (words)")),
            (.SQLITE_READONLY, .readOnly("J cannot be written: check the folder's owner, mode and mount")),
            (.SQLITE_CANTOPEN, .noPermission("cannot open J: check that its folder exists and belongs to this user")),
            (.SQLITE_NOTADB, .damaged("J is damaged (words); restore a backup, then: carillon journal verify", sequence: nil))
        ])
    func F067_mapping(code: ResultCode, expected: JournalError) {
        #expect(JournalError(DatabaseError(resultCode: code, message: "words"), path: "J") == expected)
    }

    @Test(
        "a home that may not be written or looked into ends with 77 and the reason, never with an empty account",
        .enabled("nobody cannot run what was built here") { try await Stranger.isPossible() })
    func F071_noPermission() async throws {
        let stranger = try Stranger(bench)
        let home = bench.home()
        try #require(await bench.run("cycle", home: home).way == .exit(0))
        chmod(home, stranger.mayRead)
        chmod(bench.journal(home), 0o644)
        for command in [["cycle"], ["monitor"], ["run"], ["account", "deposit", "5"]] {
            let ended = try await stranger.run(command + ["--home", home])
            #expect(ended.way == .exit(77) && ended.out.isEmpty, "\(command): \(ended)")
            #expect(ended.firstError.contains(home) && ended.firstError.hasSuffix("(exit 77)"), "\(ended.error)")
        }
        chmod(home, stranger.mayNothing)
        for command in [["status"], ["report", "day"], ["explain", "T0001"], ["close", "--all"], ["journal", "verify"], ["breaker", "list"]] {
            let ended = try await stranger.run(command + ["--home", home])
            #expect(ended.way == .exit(77) && ended.out.isEmpty, "\(command): \(ended)")
            #expect(ended.firstError == "carillon: cannot look into \(home): Permission denied; run as its owner (exit 77)")
        }
        let doctor = try await stranger.run(["doctor", "--home", home])
        #expect(doctor.way == .exit(69) && doctor.out.contains("cannot look into \(home)"), "\(doctor)")
    }

    @Test(
        "a journal that may be read but not written is shown to its reader and changed by nobody",
        .enabled("nobody cannot run what was built here") { try await Stranger.isPossible() })
    func F071_readOnlyJournal() async throws {
        let stranger = try Stranger(bench)
        let home = bench.home()
        try #require(await bench.run("monitor", home: home).way == .exit(0))
        let before = Files.bytes(bench.journal(home))
        chmod(home, 0o777)
        for file in ["", "-wal", "-shm"] { chmod(bench.journal(home) + file, 0o444) }
        let ended = try await stranger.run(["cycle", "--home", home])
        #expect(ended.way == .exit(77), "\(ended)")
        #expect(
            ended.firstError
                == "carillon: \(bench.journal(home)) cannot be written: check the folder's owner, mode and mount; nothing was written (exit 77)")
        #expect(Files.same(bench.journal(home), before))
        let status = try await stranger.run(["status", "--json", "--home", home])
        #expect(status.way == .exit(0) && status.out.contains(#""equity""#), "\(status)")
    }

    @Test("logs that cannot be written stop neither a monitor nor a cycle")
    func F071_noLogs() async throws {
        let home = bench.home()
        mkdir(home, 0o700)
        // A file where the folder should be: nobody can write into it, not even root.
        Files.write([], to: home + "/logs")
        for command in ["monitor", "cycle", "monitor"] {
            let ended = try await bench.run(command, home: home)
            #expect(ended.way == .exit(0), "\(command): \(ended)")
        }
        try await verified(home)
        #expect(try Chain(bench.journal(home)).count("cycleClosed") == 1)
    }
}
