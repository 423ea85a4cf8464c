// The timers in one process: a look each minute and a cycle each hour, side by side, so that exits happen while models think.
import Engine
package import Events
import Kernel
import Messaging
import Ports
import Settings
import SettingsFiles
import Store

package struct Rounds: Sendable {
    private let caller: Caller
    private let isOver: @Sendable () -> Bool
    private let end: @Sendable () -> Void

    /// - Parameters:
    ///   - isOver: whether somebody asked for the end.
    ///   - end: asks for it: one loop without the other would buy what nobody looks after.
    package init(_ caller: Caller, isOver: @escaping @Sendable () -> Bool, end: @escaping @Sendable () -> Void) {
        self.caller = caller
        self.isOver = isOver
        self.end = end
    }

    /// Returns after the steps under way once the end was asked for.
    /// - Parameters:
    ///   - begun: hears the session before the first step.
    ///   - told: hears each message that was queued.
    package func run(begun: (Session) -> Void, told: @escaping @Sendable (MessageText) -> Void) async throws {
        let (configuration, folder) = try caller.ground(), cycle = configuration.settings.cycle
        let cycleLock = try folder.lock("cycle", quiet: cycle.cycleQuiet)
        defer { cycleLock.release() }
        let monitorLock = try folder.lock("monitor", quiet: cycle.monitorQuiet)
        defer { monitorLock.release() }
        let session = try await FullDisk(folder).guarding { try await Session.trading(caller, configuration) }
        begun(session)
        let inForce = SessionInForce(session, caller)
        try await FullDisk(folder).guarding {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { end() }
                    try await minutes(inForce, monitorLock, told)
                }
                group.addTask {
                    defer { end() }
                    try await hours(inForce, cycleLock)
                }
                try await group.waitForAll()
            }
        }
    }

    private func minutes(_ inForce: SessionInForce, _ lock: FileLock, _ told: (MessageText) -> Void) async throws {
        var shown = try inForce.session.journal.lastMessageNumber()
        while !isOver() {
            var session = inForce.session
            try await tolerating {
                session = try await session.believing()
                _ = try await MinuteMonitor(try session.assembly().parts()).step()
            }
            Heartbeat(session).beat()
            try await tolerating { try session.tellDoubts() }
            for message in try session.journal.messages(after: shown) {
                told(session.renderer.text(of: message.message))
                shown = message.number
            }
            await Post(session).deliver()
            lock.touch()
            await Pause(clock: session.clock, isOver: isOver).untilNext(session.settings.cycle.monitorInterval)
        }
    }

    private func hours(_ inForce: SessionInForce, _ lock: FileLock) async throws {
        while !isOver() {
            // A file that is being saved is not the same a second later.
            inForce.refresh()
            try? await inForce.session.clock.sleep(for: .seconds(1))
            var session = inForce.refresh()
            try await tolerating {
                session = try await session.believing()
                _ = try await session.ring()
                Housekeeping(session).log("INFO", "cycle ended")
                Housekeeping(session).afterCycle()
            }
            lock.touch()
            await Pause(clock: session.clock, isOver: isOver).untilNext(session.settings.cycle.interval)
        }
    }

    /// An error that passes by itself is reported and survived; any other ends the process, and the next start recovers.
    private func tolerating(_ step: () async throws -> Void) async throws {
        do { try await step() } catch {
            let problem = (error as? JournalError).map(EngineError.journal) ?? error as? EngineError
            guard let problem, problem.severity != .critical else { throw error }
            caller.say("carillon: \(Failure(problem).message)")
        }
    }
}
