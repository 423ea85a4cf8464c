// `carillon journal migrate`: what an upgrade does to a journal of an earlier version, before anything trades again.
import Application
import ArgumentParser
import Kernel
import Messaging
import Screens

struct JournalMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring a journal of an earlier version to this one's form; make install does it.",
        discussion: """
            The entries stay as they are; tables and the stored account are made as this version keeps them. An older program may refuse the \
            journal afterwards, so a backup belongs before it.
            """)
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await guarded {
            let progress = ProgressLine()
            let entries = try JournalCare.migrate(options.caller) { progress.draw("\($0)/\($1) entries  \(Format.progress($0, of: $1))") }
            progress.clear()
            Terminal.out(
                options.json
                    ? JSONValue.console([("entries", entries.map { .number("\($0)") } ?? .null)])
                    : entries.map { "the account was made anew from \($0) entries" } ?? "the journal is as this version keeps it")
        }
    }
}
