// The kill switch, pressed by command or by file, and readable or not; and the versions every cycle names
// (faults 99 to 101).
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Halted")
struct HaltTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private func halted(_ home: String) async throws -> String? {
        try JSONValue(parsing: try await bench.run("status", "--json", home: home).out)["halted"].optional?.string
    }

    /// The orders of a demo's first two hours on a new journal; without a switch there are some.
    private func entries(_ home: String) async throws -> Int {
        _ = try await bench.demo(home, hours: 2)
        return try Chain(bench.journal(home)).count("orderSubmitted")
    }

    @Test("every cycle names the code and the settings it ran with")
    func F099_versionsInTheJournal() async throws {
        let version = try await bench.run(["--version"])
        let number = version.out.split(separator: " ").last.map { $0.filter { $0 != "\n" } } ?? ""
        let one = bench.home("one"), other = bench.home("other")
        _ = try await bench.demo(one, hours: 2)
        let settings = bench.write("other.yaml", "cycle:\n  candles: 190\n")
        let changed = try await bench.run(["demo", "--home", other, "--hours", "1", "--seed", "7", "--config", settings, "--json"])
        #expect(changed.way == .exit(0), "\(changed)")
        let opened = try Chain(bench.journal(one)).of("cycleOpened").map { try JSONValue(parsing: $0.body) }
        #expect(opened.count == 2)
        for cycle in opened {
            #expect(try cycle["codeVersion"].string == number)
            #expect(try cycle["settingsHash"].string.count == 64 && cycle["riskHash"].string.count == 64)
        }
        let second = try JSONValue(parsing: try #require(Chain(bench.journal(other)).of("cycleOpened").first).body)
        #expect(try second["settingsHash"].string != opened[0]["settingsHash"].string)
        #expect(try second["riskHash"].string == opened[0]["riskHash"].string)
    }

    @Test("halted before the first cycle, nothing is bought, through restarts, until it is released")
    func F100_halt() async throws {
        let home = bench.home()
        #expect(try await bench.run("monitor", home: home).way == .exit(0))
        let halt = try await bench.run("halt", "--reason", "a look at the exchange", home: home)
        #expect(
            halt.way == .exit(0)
                && halt.out
                    == "Halted: a look at the exchange\nNothing is bought. Open positions keep their stops and targets. To go on: "
                    + "carillon resume --home \(home)\n"
        )
        let cycle = try await bench.run("cycle", home: home)
        #expect(cycle.way == .exit(0) && cycle.out.contains("Halted: a look at the exchange"), "\(cycle)")
        #expect(try Chain(bench.journal(home)).count("orderSubmitted") == 0)
        #expect(try await halted(home) == "a look at the exchange")
        // The file alone or the journal alone halts too.
        unlink(home + "/HALT")
        #expect(try await halted(home) == "a look at the exchange")
        let resume = try await bench.run("resume", home: home)
        #expect(resume.way == .exit(0) && resume.out == "Resumed. Buying may go on with the next cycle.\n")
        #expect(try await halted(home) == nil)
    }

    @Test("a folder in the way of the switch's new file halts nothing less, and doctor begins with it")
    func inTheWay() async throws {
        let home = bench.home()
        mkdir(home, 0o700)
        mkdir(home + "/HALT.new", 0o700)
        #expect(try await bench.run("halt", home: home).way == .exit(0))
        #expect(try await entries(home) == 0)
        let doctor = try await bench.run("doctor", "--offline", home: home)
        #expect(doctor.out.hasPrefix("Trading is halted; "), "\(doctor)")
    }

    @Test("what was halted before there is a journal is resumed without one; where nothing is halted there is nothing to resume")
    func newHome() async throws {
        let home = bench.home()
        #expect(try await bench.run("halt", home: home).way == .exit(0))
        let resume = try await bench.run("resume", home: home)
        #expect(
            resume.way == .exit(0) && resume.out == "Resumed. Buying may go on with the next cycle.\n" && !Files.exists(home + "/HALT")
                && !Files.exists(bench.journal(home)), "\(resume)")
        let again = try await bench.run("resume", home: home)
        #expect(again.way == .exit(69) && again.firstError.hasPrefix("carillon: no journal in \(home) yet"), "\(again)")
        #expect(try await bench.run("resume", "--json", home: bench.home("nowhere")).way == .exit(69) && !Files.exists(bench.home("nowhere")))
        #expect(try await entries(home) > 0)
    }

    @Test(
        "a kill switch file that is a folder, a dead link, empty or unreadable halts all the same",
        arguments: ["folder", "link", "empty", "words", "pipe"])
    func F101_unreadable(shape: String) async throws {
        let home = bench.home()
        mkdir(home, 0o700)
        let file = home + "/HALT"
        switch shape {
        case "folder": mkdir(file, 0o700)
        case "link": symlink("/nowhere/at/all", file)
        case "pipe": mkfifo(file, 0o600)
        case "empty": Files.write([], to: file)
        default: Files.write(Array("by hand\nsecond line".utf8), to: file)
        }
        #expect(try await entries(home) == 0)
        let expected = [
            "folder": "the kill switch file \(file) cannot be read", "link": "the kill switch file \(file) cannot be read",
            "empty": "the kill switch file is there", "words": "by hand", "pipe": "the kill switch file is there"
        ][shape]
        #expect(try await halted(home) == expected)
        let screen = try await bench.run("status", home: home)
        #expect(screen.out.hasPrefix("■ Halted: "))
    }

    @Test(
        "a kill switch file that its reader may not open halts", .enabled("nobody cannot run what was built here") { try await Stranger.isPossible() }
    )
    func F101_noPermission() async throws {
        let stranger = try Stranger(bench), home = bench.home()
        mkdir(home, 0o777)
        chmod(home, 0o777)
        Files.write(Array("secret words".utf8), to: home + "/HALT")
        chmod(home + "/HALT", 0)
        let ended = try await stranger.run(["cycle", "--json", "--home", home])
        #expect(ended.way == .exit(0), "\(ended)")
        #expect(try Chain(bench.journal(home)).count("orderSubmitted") == 0)
        let status = try await stranger.run(["status", "--home", home])
        #expect(status.out.hasPrefix("■ Halted: the kill switch file \(home)/HALT cannot be read"), "\(status)")
    }

    @Test("without the switch the same cycle buys: what these tests prove is the switch's doing")
    func notHalted() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 1)
        #expect(try Chain(bench.journal(home)).count("orderSubmitted") > 0)
        let other = bench.home("halted")
        mkdir(other, 0o700)
        mkdir(other + "/HALT", 0o700)
        _ = try await bench.demo(other, hours: 1)
        #expect(try Chain(bench.journal(other)).count("orderSubmitted") == 0)
    }
}
