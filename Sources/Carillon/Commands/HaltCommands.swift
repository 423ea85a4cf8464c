// `carillon halt` and `carillon resume`: the kill switch.
import Application
import ArgumentParser
import Kernel
import Risk
import Screens

struct HaltCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "halt", abstract: "Stop buying at once. Open positions keep their stops and targets.",
        discussion: "Works with a damaged or locked journal too: the file HALT in the home is the switch. `carillon resume` releases it.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Why, for the journal and the reports.")
    var reason = "halted by hand"

    mutating func run() async throws {
        try await guarded {
            let killSwitch = try KillSwitch(options.caller), line = try await killSwitch.halt(reason)
            Terminal.out(
                options.json
                    ? JSONValue.console([("halted", .flag(true)), ("reason", .text(line))])
                    : "Halted: \(line)\nNothing is bought. Open positions keep their stops and targets. To go on: "
                        + killSwitch.folder.command("resume"))
        }
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Release the kill switch: buying may go on with the next cycle.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Why, for the journal.")
    var reason = "resumed by hand"

    mutating func run() async throws {
        try await guarded {
            let killSwitch = try KillSwitch(options.caller), breakers = try await killSwitch.resume(reason).map(\.rawValue)
            if options.json {
                Terminal.out(JSONValue.console([("halted", .flag(false)), ("breakers", .list(breakers.map { .text($0) }))]))
            } else {
                Terminal.out(
                    "Resumed. "
                        + (breakers.isEmpty
                            ? "Buying may go on with the next cycle."
                            : "Still paused by: \(breakers.joined(separator: ", ")). See: \(killSwitch.folder.command("breaker list"))"))
            }
        }
    }
}
