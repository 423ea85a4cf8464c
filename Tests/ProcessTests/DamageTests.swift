// A journal that was changed, cut, or is something else altogether, and one from the future (faults 69, 70):
// found at the start or by `journal verify`, named, and left exactly as it is.
import GRDB
import Glibc
import TestSupport
import Testing

@Suite("A damaged journal")
struct DamageTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// A finished demo of two hours; its last process left everything in the one file.
    private func finished() async throws -> String {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 2)
        return home
    }

    private func sql(_ home: String, _ text: String) throws {
        try DatabaseQueue(path: bench.journal(home)).write { try $0.execute(sql: text) }
    }

    private static let dropTriggers = "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_removed;"

    @Test("a changed entry since the last full hour is found by every command, which names it")
    func F069_changedEntry() async throws {
        let home = try await finished()
        let sequence = try Chain(bench.journal(home)).links.count
        try sql(home, Self.dropTriggers + "DELETE FROM checkpoint; UPDATE events SET body = replace(body, 'paper', 'papel') WHERE seq = \(sequence)")
        let before = Files.bytes(bench.journal(home))
        for command in [["status"], ["cycle"], ["monitor"], ["journal", "verify"], ["account", "deposit", "1"]] {
            let ended = try await bench.run(command + ["--home", home])
            #expect(ended.way == .exit(65) && ended.out.isEmpty, "\(command): \(ended)")
            #expect(
                ended.firstError
                    == "carillon: journal entry \(sequence) is missing or was changed: restore the newest backup, or begin anew in another --home; "
                    + "nothing was written (exit 65)"
            )
        }
        #expect(Files.same(bench.journal(home), before))
    }

    @Test(
        "a changed, removed or renumbered entry of long ago is found by verify and doctor",
        arguments: [
            "UPDATE events SET body = replace(body, 'paper', 'other') WHERE seq = 2", "UPDATE events SET at = at + 1 WHERE seq = 2",
            "UPDATE events SET kind = 'killSwitchSet' WHERE seq = 2", "UPDATE events SET hash = zeroblob(32) WHERE seq = 2",
            "DELETE FROM events WHERE seq = 2"
        ])
    func F069_changedLongAgo(change: String) async throws {
        let home = try await finished()
        try sql(home, Self.dropTriggers + change)
        let ended = try await bench.run("journal", "verify", home: home)
        #expect(ended.way == .exit(65))
        #expect(
            ended.firstError
                == "carillon: journal entry 2 is missing or was changed: restore the newest backup, or begin anew in another --home; "
                + "nothing was written (exit 65)"
        )
        let doctor = try await bench.run("doctor", home: home)
        #expect(doctor.way == .exit(69) && doctor.out.contains("journal entry 2 is missing or was changed"), "\(doctor)")
    }

    @Test("a changed entry of long ago that the day's first cycle finds stops buying, and is said")
    func changedLongAgoByDay() async throws {
        let home = try await finished()
        try sql(home, Self.dropTriggers + "UPDATE events SET at = at + 1 WHERE seq = 2")
        // Whichever minute of the hour this is.
        let settings = bench.write("carillon.yaml", "cycle: {startWindow: 3599s}\n")
        let cycle = try await bench.run("cycle", "--config", settings, home: home)
        #expect(
            cycle.error.contains("the journal could not be verified: journal entry 2 is missing or was changed: restore the newest backup"),
            "\(cycle)")
        let status = try await bench.run("status", home: home)
        #expect(status.out.contains("the journal could not be verified") && status.out.contains("breaker critical"), "\(status)")
    }

    @Test("a cut tail is found, though every entry that is left is whole")
    func F069_cutTail() async throws {
        let home = try await finished()
        let last = try Chain(bench.journal(home)).links.count
        try sql(home, Self.dropTriggers + "DELETE FROM events WHERE seq > \(last - 3)")
        let ended = try await bench.run("journal", "verify", home: home)
        #expect(ended.way == .exit(65) && ended.firstError.contains("entry \(last)"), "\(ended)")
    }

    @Test("a stored account that was changed is said by whoever looks, never acted on, and stops buying until somebody looked")
    func changedAccount() async throws {
        let home = try await finished(), words = "the stored account was changed since it was written"
        try sql(home, "UPDATE book SET body = replace(body, '\"highWaterMark\":\"1', '\"highWaterMark\":\"9')")
        let verified = try await bench.run("journal", "verify", home: home)
        #expect(verified.way == .exit(65) && verified.firstError.contains(words), "\(verified)")
        let status = try await bench.run("status", home: home)
        #expect(status.way == .exit(0) && status.firstError.contains(words), "\(status)")
        let doctor = try await bench.run("doctor", home: home)
        #expect(doctor.way == .exit(69) && doctor.out.contains(words), "\(doctor)")
        let went = try await bench.run(DemoFacts.arguments(home, hours: 4, seed: 7))
        #expect(went.way == .exit(0) && went.firstError.contains(words), "\(went)")
        let chain = try Chain(bench.journal(home))
        #expect(chain.of("breakerTripped").count { $0.body.contains("\"critical\"") && $0.body.contains(words) } == 1)
        #expect(chain.of("messageQueued").contains { $0.body.contains(words) })
        let after = try await bench.run("journal", "verify", home: home)
        #expect(after.way == .exit(0) && after.error.isEmpty, "\(after)")
    }

    @Test("what verify and doctor say to do names the home that they were given")
    func homeInAdvice() async throws {
        let home = try await finished(), words = "index events_by_kind is gone; carillon journal rebuild --home \(home) makes it anew"
        try sql(home, "DROP INDEX events_by_kind")
        let verified = try await bench.run("journal", "verify", home: home), doctor = try await bench.run("doctor", home: home)
        #expect(verified.firstError == "carillon: \(words)", "\(verified)")
        #expect(doctor.out.contains(words), "\(doctor)")
    }

    @Test("a tail cut together with all that spoke of it is seen by the file beside the journal, until a rebuild goes on without it")
    func cutWithoutTrace() async throws {
        let home = try await finished()
        let kept = try await bench.run("journal", "verify", home: home)
        #expect(kept.way == .exit(0), "\(kept)")
        let cut =
            Self.dropTriggers
            + "DELETE FROM events WHERE seq > (SELECT max(seq) - 4 FROM events); DELETE FROM book; DELETE FROM checkpoint; DELETE FROM messages; "
            + "DELETE FROM trades;"
        try sql(home, cut)
        for command in [["journal", "verify"], ["status"]] {
            let ended = try await bench.run(command + ["--home", home])
            #expect(ended.error.contains("journal.anchor knows of entry") && ended.error.contains("its last entries were cut off"), "\(ended)")
        }
        let told = try await bench.run("status", home: home)
        #expect(told.error.contains("go on without them: carillon journal rebuild --home \(home)\n"), "\(told)")
        let rebuilt = try await bench.run("journal", "rebuild", home: home), after = try await bench.run("journal", "verify", home: home)
        #expect(rebuilt.way == .exit(0) && after.error.isEmpty, "\(rebuilt) \(after)")
    }

    @Test("a mark that was kept elsewhere contradicts a journal that lost its entry")
    func keptMark() async throws {
        let home = try await finished(), links = try Chain(bench.journal(home)).links, link = try #require(links.last)
        let other = try await bench.run("journal", "verify", "--mark", "1:0000000000000000", home: home)
        #expect(other.way == .exit(65) && other.firstError.contains("another entry 1"), "\(other)")
        let later = try await bench.run("journal", "verify", "--mark", "\(link.sequence + 1):0000000000000000", home: home)
        #expect(later.way == .exit(65) && later.firstError.contains("cut off"), "\(later)")
        let wrong = try await bench.run("journal", "verify", "--mark", "x", home: home)
        #expect(wrong.way == .exit(64), "\(wrong)")
    }

    @Test("a file that was cut or is no database ends with 65 and is not touched", arguments: ["cut", "garbage", "header", "flipped page"])
    func F069_brokenFile(damage: String) async throws {
        let home = try await finished(), path = bench.journal(home)
        var bytes = try #require(Files.bytes(path))
        switch damage {
        case "cut": bytes = Array(bytes.prefix(bytes.count / 2))
        case "garbage": bytes = Array(repeating: 0x5A, count: 9_000)
        case "header": bytes[3] ^= 1
        default: for place in 4_096..<8_192 { bytes[place] = 0xFF }
        }
        Files.write(bytes, to: path)
        let before = Files.bytes(path)
        for command in [["journal", "verify"], ["status"], ["cycle"]] {
            let ended = try await bench.run(command + ["--home", home])
            #expect(ended.way == .exit(65) && ended.out.isEmpty, "\(damage) \(command): \(ended)")
            #expect(ended.firstError.hasSuffix("nothing was written (exit 65)") && ended.firstError.contains("journal"), "\(ended.error)")
        }
        #expect(Files.same(path, before))
    }

    @Test("halting works with a damaged journal too")
    func haltWithoutJournal() async throws {
        let home = try await finished()
        Files.write(Array(repeating: 0x5A, count: 9_000), to: bench.journal(home))
        let ended = try await bench.run("halt", "--reason", "the journal is broken", home: home)
        #expect(ended.way == .exit(0) && Files.text(home + "/HALT") == "the journal is broken\n", "\(ended)")
    }

    @Test("a journal of a newer program is refused with 78 and not one byte of it changes")
    func F070_fromTheFuture() async throws {
        let home = try await finished()
        try sql(home, "INSERT INTO grdb_migrations(identifier) VALUES ('999-later')")
        let before = Files.bytes(bench.journal(home))
        for command in [["cycle"], ["monitor"], ["status"], ["demo", "--hours", "2", "--seed", "7"], ["journal", "rebuild"]] {
            let ended = try await bench.run(command + ["--home", home])
            #expect(ended.way == .exit(78) && ended.out.isEmpty, "\(command): \(ended)")
            #expect(
                ended.firstError == "carillon: \(bench.journal(home)) was written by a newer Carillon; install that version or use another --home; "
                    + "nothing was written (exit 78)")
        }
        #expect(Files.same(bench.journal(home), before))
    }
}
