// `carillon monitor`: one look at what is open, as the timer starts it each minute.
import ArgumentParser
import Domain
import Engine

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Look after open positions once: stops, targets, trailing stops.",
        discussion: "Started by a timer each minute. A step that changes nothing writes nothing. A second monitor at the same time ends with exit code 75.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let (configuration, folder) = try Session.ground(options)
            let lock = try folder.lock("monitor")
            defer { lock.release() }
            let session = try await FullDisk(folder).guarding { try await Session.trading(options, configuration) }
            let before = try session.journal.lastMessageNumber()
            let outcome = try await FullDisk(folder).guarding { try await MinuteMonitor(try session.assembly().parts()).step() }
            Heartbeat(session).beat()
            try session.tellDoubts()
            let positions = try session.journal.book().openPositions.count
            if options.json {
                Terminal.out(JSONOutput.object([("pending", .list(outcome.unsold.map { .text($0.description) })),
                    ("open", .number("\(positions)")), ("exits", .number("\(outcome.exits)")), ("recovered", .number("\(outcome.recovered)")), ("orders", .number("\(outcome.orders)")),
                    ("blind", .list(outcome.blind.map { .text($0.description) })),
                    ("disputed", .list(outcome.disputed.map { .text($0.description) })), ("home", .text(session.place.path)),
                ]))
            } else {
                if let home = session.homeLine { Terminal.out(home) }
                for message in try session.journal.messages(after: before) { Terminal.out(message.plain + "\n") }
                Terminal.out("\(positions) open, \(outcome.exits) sold" + (outcome.orders > 0 ? ", \(outcome.orders) orders of strategies" : ""))
            }
            for sale in try session.journal.book().pendingSales { Terminal.error(PendingSale(sale, session).words) }
            for line in outcome.blindWords { Terminal.error(line) }
            for trouble in try session.journal.book().troubles(of: .disputed) { Terminal.error(trouble.headline) }
            if outcome.exits + outcome.recovered + outcome.orders > 0 {
                Housekeeping(session).log("INFO", "monitor exits=\(outcome.exits) recovered=\(outcome.recovered) orders=\(outcome.orders)")
                Housekeeping(session).records()
            }
            await Post(session).deliver()
            // A stop that cannot be judged is no success, whoever looks only at the exit code.
            if let time = session.time, !time.isKnown { throw EngineError.clock(time.doubt ?? "the time is not known") }
            if !outcome.blind.isEmpty || !outcome.unsold.isEmpty { throw ExitCode(Sysexit.unavailable.rawValue) }
        }
    }
}
