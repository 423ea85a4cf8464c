// Output that a full disk did not take: a failure where printing was all there was to do.
import Glibc
import TestSupport
import Testing

@Suite("Lost output")
struct LostOutputTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private func onto(_ device: String, _ arguments: [String]) async throws -> Ended {
        try await bench.run(arguments, wrapper: ["/bin/sh", "-c", "exec \"$0\" \"$@\" > \(device)"])
    }

    @Test("what a command only prints and nobody gets ends with 74")
    func printed() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 1)
        for command in [
            "status", "status --json", "report", "report day", "explain T0001", "journal verify", "breaker list", "doctor", "prompts check"
        ] {
            let ended = try await onto("/dev/full", command.split(separator: " ").map(String.init) + ["--home", home])
            #expect(ended.way == .exit(74), "\(command): \(ended)")
            #expect(ended.error == "carillon: standard output cannot be written: No space left on device (exit 74)\n", "\(command): \(ended)")
        }
        let strategies = try await onto("/dev/full", ["strategies"])
        #expect(strategies.way == .exit(74), "\(strategies)")
    }

    @Test("a reader that went away ends no step half-way: a cycle is done and its files are written; what only prints ends with 74")
    func pipe() async throws {
        let home = bench.home()
        // A pipe whose only reader is closed before the program starts.
        let closed = [
            "/bin/sh", "-c", "mkfifo \(home).pipe && exec 3<>\(home).pipe 4>\(home).pipe && exec 3<&- && rm \(home).pipe && exec \"$0\" \"$@\" >&4"
        ]
        #expect(try await bench.run(["cycle", "--home", home], wrapper: closed).way == .exit(0))
        #expect(access("\(home)/logs/signals.csv", F_OK) == 0)
        #expect(try await bench.run(["status", "--home", home], wrapper: closed).way == .exit(74))
    }

    @Test("what was done is done: a deposit that could not be told ends with 0, and so does a status that was told")
    func done() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 1)
        #expect(try await onto("/dev/full", ["account", "deposit", "5", "--home", home]).way == .exit(0))
        #expect(try await onto("/dev/null", ["status", "--home", home]).way == .exit(0))
    }

    @Test(
        "a pipe where the log, the sign of life or the venue's ban should be keeps nobody waiting",
        arguments: ["logs/carillon.log", "monitor.heartbeat", "binance.ban", "reserve"])
    func pipeOfThatName(file: String) async throws {
        let home = bench.home()
        for folder in [home, home + "/logs"] { mkdir(folder, 0o700) }
        #expect(mkfifo("\(home)/\(file)", 0o600) == 0)
        let cycle = try await bench.run("cycle", home: home)
        #expect(cycle.way == .exit(0), "\(cycle)")
        if file.hasSuffix("log") { #expect(cycle.error.contains("carillon: cannot write \(home)/logs/carillon.log: it is not a file"), "\(cycle)") }
        #expect(try await bench.run("monitor", home: home).way == .exit(0))
    }
}
