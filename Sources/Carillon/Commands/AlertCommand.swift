// `carillon alert UNIT`: what systemd starts when a unit failed.
import Application
import ArgumentParser

struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "alert", abstract: "Tell the person that a unit failed (started by systemd).")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The failed unit, e.g. carillon-cycle.service.")
    var unit: String

    mutating func run() async throws {
        try await guarded { try await Alarm(options.caller, unit: unit).raise() }
    }
}
