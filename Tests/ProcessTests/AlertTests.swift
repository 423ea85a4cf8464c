// `carillon alert` when little else works: settings with a mistake, a journal that cannot be written. The phone is told
// all the same, once.
import GRDB
import Glibc
import TestSupport
import Testing

@Suite("Alerts")
struct AlertTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let token = ["CARILLON_TELEGRAM_TOKEN": "123456:CANARY-token_0123456789abcdefghijkl"]
    private static let sent = ScriptedAnswer.json(#"{"ok":true,"result":{"message_id":7}}"#)

    private func settings(_ server: LoopbackServer, _ rest: String = "") -> String {
        bench.write("alert-\(server.url.hashValue.magnitude).yaml", "telegram: {enabled: true, chatId: 42, baseURL: \"\(server.url)\"}\n" + rest)
    }

    @Test("settings with a mistake end a cycle with 78, and the alert about it reaches the phone")
    func brokenSettings() async throws {
        let server = try LoopbackServer(answers: [Self.sent, Self.sent, Self.sent])
        defer { server.stop() }
        let home = bench.home(), good = settings(server)
        #expect(try await bench.run(["monitor", "--home", home, "--config", good], Self.token).way == .exit(0))
        let broken = settings(server, "cycle:\n  intervall: 60 min\n")
        #expect(try await bench.run(["cycle", "--home", home, "--config", broken], Self.token).way == .exit(78))
        let alert = try await bench.run(["alert", "carillon-cycle.service", "--home", home, "--config", broken], Self.token)
        #expect(alert.way == .exit(0) && alert.error.contains("unknown key 'intervall'"), "\(alert)")
        #expect(server.requests.count == 1 && server.requests[0].text.contains("carillon-cycle.service failed"))
    }

    /// Why a minute ends without looking after what is open, and the code it ends with.
    enum Refusal: String, CaseIterable { case settings, otherWorld, damaged, newer, noPermission, anotherCopy, frozenCopy, badToken, locked }

    @Test(
        "a minute that ends in a refusal is told of: by the alert that systemd starts, or it counts as success because another one works",
        arguments: Refusal.allCases)
    func told(_ refusal: Refusal) async throws {
        let server = try LoopbackServer(answers: Array(repeating: Self.sent, count: 9))
        defer { server.stop() }
        let home = bench.home(), stranger = refusal == .noPermission ? try Stranger(bench) : nil
        var file = settings(server), code: Int32 = 78, variables = Self.token
        if refusal == .locked {
            _ = try await bench.demo(home, hours: 6)
        } else if refusal != .otherWorld {
            _ = try await bench.run(["monitor", "--home", home, "--config", file], variables)
        }
        let before = server.requests.count
        switch refusal {
        case .settings: file = settings(server, "risk: [1\n")
        case .otherWorld: _ = try await bench.run(["demo", "--hours", "1", "--seed", "7", "--start", "2199-01-01T00:00:00Z", "--home", home])
        case .damaged:
            Files.write(Array(repeating: 0x5A, count: 9_000), to: bench.journal(home))
            code = 65
        case .newer: try change(bench.journal(home), "INSERT INTO grdb_migrations(identifier) VALUES ('999-later')")
        case .noPermission:
            chmod(home, stranger?.mayNothing ?? 0)
            code = 77
        case .anotherCopy: code = 75
        case .frozenCopy: code = 70
        case .locked: code = 74
        case .badToken:
            variables["CARILLON_COINGECKO_KEY"] = "no\u{7}key"
            file = settings(server, "feeds: {prices: binance, address: \"http://127.0.0.1:9\", coingecko: true}\n")
        }
        let arguments = ["--home", home, "--config", file], settled = variables
        func run(_ command: [String]) async throws -> Ended {
            if let stranger { return try await stranger.run(command + arguments, settled) }
            return try await bench.run(command + arguments, settled)
        }
        let lock = holdLock(refusal, home)
        // Another program that writes and does not end: five seconds are waited for it, in each command.
        let writer = refusal == .locked ? try openWriter(bench.journal(home)) : nil
        defer { try? writer?.close() }
        let minute = try await run(["monitor"])
        close(lock)
        #expect(minute.way == .exit(code), "\(minute)")
        let isSuccess = try successes("carillon-monitor.service").contains(code)
        #expect(isSuccess == (refusal == .anotherCopy))
        guard !isSuccess else { return }
        let alert = try await run(["alert", "carillon-monitor.service"])
        #expect(server.requests.dropFirst(before).contains { $0.text.contains("carillon-monitor.service failed") }, "\(alert)")
    }

    /// The monitor's lock in another's hands, signed long ago or a little ahead, so that the sign is not old when this
    /// test's turn comes; -1 if nobody holds it.
    private func holdLock(_ refusal: Refusal, _ home: String) -> Int32 {
        guard [.anotherCopy, .frozenCopy].contains(refusal) else { return -1 }
        let lock = open(home + "/monitor.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let sign = timespec(tv_sec: refusal == .frozenCopy ? 1_000 : time(nil) + 240, tv_nsec: 0)
        utimensat(AT_FDCWD, home + "/monitor.lock", [sign, sign], 0)
        return lock
    }

    /// A transaction that begins and does not end.
    private func openWriter(_ journal: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: journal, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        return queue
    }

    private func change(_ journal: String, _ sql: String) throws {
        try DatabaseQueue(path: journal).write { try $0.execute(sql: sql) }
    }

    /// What a unit calls a success beside 0.
    private func successes(_ unit: String) throws -> [Int32] {
        let text = Files.text(
            (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).map(String.init) + ["systemd", unit]).joined(
                separator: "/"))
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("SuccessExitStatus=") })
        return line.dropFirst("SuccessExitStatus=".count).split(separator: " ").compactMap { Int32($0) }
    }

    @Test("an hour without prices passes, a minute that guards nothing is a failure")
    func unavailable() throws {
        #expect(try successes("carillon-cycle.service").contains(69) && !successes("carillon-monitor.service").contains(69))
    }

    @Test(
        "with no journal that can be written the phone is told straight away, and the exit code stays that of the journal",
        arguments: ["missing", "damaged"])
    func noJournal(what: String) async throws {
        let server = try LoopbackServer(answers: [Self.sent])
        defer { server.stop() }
        let home = bench.home()
        if what == "damaged" {
            _ = try await bench.demo(home, hours: 1)
            Files.write(
                Array("this is no database at all, whatever its name says; it is long enough to be looked at as one, though.".utf8),
                to: bench.journal(home))
        }
        let alert = try await bench.run(["alert", "carillon-monitor.service", "--home", home, "--config", settings(server)], Self.token)
        #expect(alert.way == .exit(what == "missing" ? 69 : 65), "\(alert)")
        #expect(server.requests.count == 1 && server.requests[0].text.contains("carillon-monitor.service failed"), "\(alert)")
        #expect(alert.error.contains("the message was sent to the phone") && !alert.error.contains("CANARY"))
    }
}
