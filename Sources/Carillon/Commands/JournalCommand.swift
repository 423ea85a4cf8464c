// `carillon journal verify|rebuild|correct-clock`: proof that the memory is what was written, its readings made anew, and
// the way back from a clock that was ahead.
import Application
import ArgumentParser
import Kernel
import Messaging
import Screens
import Store

struct JournalCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Verify the journal's chain, make its decisions again, rebuild what is read from it, or set it back after a clock that was ahead.",
        subcommands: [Verify.self, JournalReplayCommand.self, Rebuild.self, JournalMigrateCommand.self, CorrectClock.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract:
                "Check every entry's hash and all that stands beside the entries, the database, the ledger and the protection of every position.")
        @OptionGroup var options: CommonOptions
        @Option(help: "A mark from a log or a summary, e.g. 4711:da3f331409955608: the journal must still have that entry.")
        var mark: String?

        func validate() throws {
            if let mark, ChainMark(mark) == nil { throw ValidationError("--mark '\(mark)' is not a mark; write e.g. 4711:da3f331409955608") }
        }

        mutating func run() async throws {
            try await printed {
                let proof = try JournalProof(options.caller, against: mark.flatMap(ChainMark.init))
                // First what is wrong.
                for fault in proof.faults { Terminal.error("carillon: \(fault)") }
                Terminal.out(options.json ? proof.json : proof.screen)
                if !proof.isSound { throw ExitCode(Sysexit.data.rawValue) }
            }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "rebuild", abstract: "Rebuild every table that is read from the journal.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await guarded {
                let progress = ProgressLine()
                let count = try JournalCare.rebuild(options.caller) { done, all in
                    progress.draw("\(done)/\(all) entries  \(Format.progress(done, of: all))")
                }
                progress.clear()
                Terminal.out(
                    options.json
                        ? JSONValue.console([("entries", .number("\(count)"))]) : "\(count) entries read; account, trades and messages are made anew")
            }
        }
    }
}
