// `carillon journal verify|rebuild|correct-clock`: proof that the memory is what was written, its readings made anew, and
// the way back from a clock that was ahead.
import ArgumentParser
import Domain
import Messaging
import Store

struct JournalCommand: CommandGroup {
    static let configuration = CommandConfiguration(commandName: "journal", abstract: "Verify the journal's chain, rebuild what is read from it, or set it back after a clock that was ahead.",
                                                    subcommands: [Verify.self, Rebuild.self, CorrectClock.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check every entry's hash and all that stands beside the entries, the database, the ledger and the protection of every position.")
        @OptionGroup var options: CommonOptions
        @Option(help: "A mark that a log or a summary told, e.g. 4711:da3f331409955608: the journal must still have that entry.")
        var mark: String?

        func validate() throws {
            if let mark, ChainMark(mark) == nil { throw ValidationError("--mark '\(mark)' is no mark; an example is 4711:da3f331409955608") }
        }

        mutating func run() async throws {
            try await printed {
                let session = try Session.open(options, .judging)
                let verified = try session.journal.verify(against: mark.flatMap(ChainMark.init))
                let audit = try session.journal.audit()
                // First what is wrong.
                for fault in verified.faults { Terminal.error("carillon: \(fault)") }
                let sound = verified.faults.isEmpty && audit.ledgerImbalance.isZero && audit.unprotectedSeconds == 0
                if options.json {
                    Terminal.out(JSONOutput.object([
                        ("entries", .number("\(verified.entries)")), ("journalHash", .text(try session.journal.head())),
                        ("ledgerImbalance", .decimal(audit.ledgerImbalance)), ("unprotectedSeconds", .number("\(audit.unprotectedSeconds)")),
                        ("faults", .list(verified.faults.map { .text($0) })),
                        ("findings", .list(audit.findings.map { .text("\($0)") })),
                    ]))
                } else {
                    Terminal.out("\(verified.entries) entries, chain unbroken, head \(try session.journal.head())")
                    Terminal.out("ledger " + (audit.ledgerImbalance.isZero ? "balanced" : "out of balance by \(audit.ledgerImbalance)")
                        + " · " + (audit.unprotectedSeconds == 0 ? "every position protected" : "\(audit.unprotectedSeconds) s unprotected"))
                    for finding in audit.findings { Terminal.out("  \(finding)") }
                }
                if !sound { throw ExitCode(Sysexit.data.rawValue) }
            }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "rebuild", abstract: "Make every table that is read from the journal anew.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await guarded {
                let (_, folder) = try Session.home(options)
                try folder.requireJournal()
                let locks = [try folder.lock("cycle"), try folder.lock("monitor")]
                defer { locks.forEach { $0.release() } }
                let session = try Session.open(options, .mending)
                let progress = ProgressLine()
                let count = try session.journal.rebuild { done, all in progress.draw("\(done)/\(all) entries  \(Format.progress(done, of: all))") }
                progress.clear()
                Terminal.out(options.json ? JSONOutput.object([("entries", .number("\(count)"))]) : "\(count) entries read; account, trades and messages are made anew")
            }
        }
    }
}
