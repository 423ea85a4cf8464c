// `carillon doctor`: one line a part, worst first, each with what to do.
import Application
import ArgumentParser
import Screens

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check every part and every configured service, and say how to mend what does not work.",
        discussion:
            "Models get the smallest question there is, reserved and written down like any other; Telegram is asked for the bot and the chat. "
            + "No message is sent. "
            + "Exit code 0: all well or only hints; 69: a part that is configured does not work; 78: settings, "
            + "a prompt or the home's world are wrong."
    )
    @OptionGroup var options: CommonOptions
    @Flag(help: "Check this machine only, without the venue and other services.")
    var offline = false

    mutating func run() async throws {
        try await printed {
            let findings = await Doctor(options.caller, offline: offline).examine().sorted { $0.level < $1.level }
            let shown = FindingsScreen(findings, offline: offline)
            Terminal.out(options.json ? shown.json : shown.screen)
            let broken = findings.filter { $0.level == .broken }
            if broken.contains(where: \.isConfiguration) { throw ExitCode(Sysexit.configuration.rawValue) }
            if !broken.isEmpty { throw ExitCode(Sysexit.unavailable.rawValue) }
        }
    }
}
