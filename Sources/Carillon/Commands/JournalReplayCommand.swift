// `carillon journal replay`: every decision made once more from what the journal has.
import Application
import ArgumentParser
import Kernel
import Screens

struct JournalReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Make every decision again from the journal alone, and compare it with what was decided.",
        discussion:
            "Candles, prices, opinions and settings are read from the journal and from what is kept beside it; nobody is asked and nothing is "
            + "written. Decisions made with other settings than the present ones are counted and not judged. Ends with 65 if one differs.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let replay = try JournalReplay(options.caller)
            Terminal.out(options.json ? replay.json : replay.screen)
            if !replay.isEqual { throw ExitCode(Sysexit.data.rawValue) }
        }
    }
}
