// `carillon run`: the timers in one process, for containers.
import Application
import ArgumentParser
import Events

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run monitor and cycle in one process until it is stopped (for containers).",
        discussion: "The same steps that the systemd timers start. SIGTERM or SIGINT ends it after the step under way.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let stop = StopSignal()
            let rounds = Rounds(options.caller, isOver: { stop.isSet }, end: stop.set)
            try await rounds.run(begun: { session in session.homeLine.map(Terminal.out) }, told: { Terminal.out($0.plain + "\n") })
        }
    }
}
