// `carillon run`: the timers in one process, for containers: a monitor step each minute and a cycle each
// hour, side by side, so that exits happen while models think.
import ArgumentParser
import Domain
import Engine
import Glibc
import Ports

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run monitor and cycle in one process until it is stopped (for containers).",
        discussion: "The same steps that the systemd timers start. SIGTERM or SIGINT ends it after the step under way.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let (configuration, folder) = try Session.ground(options)
            let locks = [try folder.lock("cycle"), try folder.lock("monitor")]
            defer { locks.forEach { $0.release() } }
            let session = try await FullDisk(folder).guarding { try await Session.trading(options, configuration) }
            if let home = session.homeLine { Terminal.out(home) }
            let stop = StopSignal(), inForce = SessionInForce(session, options)
            try await FullDisk(folder).guarding {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // One without the other would buy what nobody looks after: whichever ends, ends both.
                    for loop in [Self.monitor, Self.cycles] {
                        group.addTask {
                            defer { stop.set() }
                            try await loop(inForce, stop)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    private static func monitor(_ inForce: SessionInForce, _ stop: StopSignal) async throws {
        var shown = try inForce.session.journal.lastMessageNumber()
        while !stop.isSet {
            var session = inForce.session
            try await tolerating {
                session = try await session.believing()
                _ = try await MinuteMonitor(try session.assembly().parts()).step()
            }
            Heartbeat(session).beat()
            try await tolerating { try session.tellDoubts() }
            for message in try session.journal.messages(after: shown) {
                Terminal.out(message.plain + "\n")
                shown = message.number
            }
            await Post(session).deliver()
            await stop.wait(until: session.clock.now.floored(to: session.settings.cycle.monitorInterval) + session.settings.cycle.monitorInterval, session.clock)
        }
    }

    private static func cycles(_ inForce: SessionInForce, _ stop: StopSignal) async throws {
        while !stop.isSet {
            // A file that is being saved is not the same a second later.
            inForce.refresh()
            try? await inForce.session.clock.sleep(for: .seconds(1))
            var session = inForce.refresh()
            try await tolerating {
                session = try await session.believing()
                _ = try await Bell(session).ring()
                Housekeeping(session).log("INFO", "cycle ended")
                Housekeeping(session).afterCycle()
            }
            let interval = session.settings.cycle.interval
            await stop.wait(until: session.clock.now.floored(to: interval) + interval, session.clock)
        }
    }

    /// What passes by itself is said and survived; what does not ends the process, and the next start recovers.
    private static func tolerating(_ step: () async throws -> Void) async throws {
        do { try await step() } catch {
            let problem = (error as? JournalError).map(EngineError.journal) ?? error as? EngineError
            guard let problem, problem.severity != .critical else { throw error }
            Terminal.error("carillon: \(Failure(problem).message)")
        }
    }
}

/// Set by SIGTERM or SIGINT.
final class StopSignal: Sendable {
    init() {
        signal(SIGTERM) { _ in stopRequested = 1 }
        signal(SIGINT) { _ in stopRequested = 1 }
    }
    var isSet: Bool { stopRequested != 0 }
    func set() { stopRequested = 1 }

    /// Returns at `moment`, or within a second of the signal.
    func wait(until moment: Timestamp, _ clock: any Clock) async {
        while !isSet {
            let left = (moment - clock.now).milliseconds
            guard left > 0 else { return }
            try? await clock.sleep(for: Duration(milliseconds: min(left, 1_000)))
        }
    }
}

nonisolated(unsafe) private var stopRequested: sig_atomic_t = 0
