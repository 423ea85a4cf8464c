// `carillon monitor`: one look at what is open, as the timer starts it each minute.
import Application
import ArgumentParser
import Screens

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Look after open positions once: stops, targets, trailing stops.",
        discussion:
            "Started by a timer each minute. A step that changes nothing writes nothing. A second monitor at the same time ends with exit code 75, "
            + "and with 70 if the first has shown no life for five minutes."
    )
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let minute = try await MinuteRun(options.caller)
            (options.json ? [minute.json] : minute.lines).forEach(Terminal.out)
            minute.warnings.forEach(Terminal.error)
            try await minute.finish()
        }
    }
}
