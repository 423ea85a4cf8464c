// `carillon cycle`: one hourly cycle, as the timer starts it.
import Application
import ArgumentParser
import Screens

struct CycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle", abstract: "Run this hour's cycle: look, ask the panel, decide, enter, report.",
        discussion: """
            Started by a timer at each full hour. It may start until ten minutes after the hour (cycle.startWindow); later the \
            hour is written down as missed. A second cycle at the same time ends with exit code 75; the minute monitor runs beside it.
            """)
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let hour = try await HourRun(options.caller)
            (options.json ? [hour.json] : hour.lines).forEach(Terminal.out)
            await hour.finish()
        }
    }
}
