// `carillon journal correct-clock`: if no venue can say what time it is, a person does.
import Application
import ArgumentParser
import Kernel
import Screens

extension JournalCommand {
    struct CorrectClock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct-clock", abstract: "Go on with a journal that has entries dated in the future.",
            discussion: """
                Entries stay as they are; what the account would wait for until then is set back to now. If prices come from a \
                venue, every command does this by itself as soon as the venue says what time it is.
                """)
        @OptionGroup var options: CommonOptions
        @Option(help: "Why this machine's clock is right; kept in the journal.")
        var reason: String

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty; write why, the journal keeps it") }
        }

        mutating func run() async throws {
            try await guarded {
                let (newest, corrected) = try await JournalCare.correctClock(options.caller, reason: reason)
                Terminal.out(
                    options.json
                        ? JSONValue.console([("corrected", .flag(corrected)), ("newest", .text(newest?.iso8601))])
                        : corrected
                            ? "Set back from \(newest?.iso8601 ?? "") to now."
                            : "Nothing to set back: \(newest.map { "the newest entry is of \($0.iso8601)" } ?? "the journal has no entries").")
            }
        }
    }
}
