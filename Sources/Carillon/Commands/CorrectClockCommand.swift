// `carillon journal correct-clock`: where no venue can say what time it is, a person does.
import ArgumentParser
import Domain
import Engine

extension JournalCommand {
    struct CorrectClock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct-clock", abstract: "Go on with a journal that has entries of moments still to come.",
            discussion: """
                Entries stay as they are; what the account would wait for until then is set back to now. Where prices come from a \
                venue, every command does this by itself as soon as the venue says what time it is.
                """)
        @OptionGroup var options: CommonOptions
        @Option(help: "Why this machine's clock is right; kept in the journal.")
        var reason: String

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason needs words: they are kept in the journal") }
        }

        mutating func run() async throws {
            try await guarded {
                let before = try Session.open(options, .changing), newest = try before.journal.newestEntry()
                // A venue that answers needs no person's word.
                let session = try await before.believing(), now = SystemClock().now
                if session.time?.isKnown == false {
                    try ClockWatch.correct(session.journal, at: now, why: SafeReason.line(reason), render: session.renderer.text(of:))
                }
                let after = try session.journal.newestEntry(), corrected = after != newest
                Terminal.out(options.json ? JSONOutput.object([("corrected", .flag(corrected)), ("newest", .text(newest?.iso8601))])
                    : corrected ? "Set back from \(newest?.iso8601 ?? "") to now." : "Nothing to set back: the newest entry is of \(newest?.iso8601 ?? "no moment").")
            }
        }
    }
}
