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
            commandName: "verify", abstract: "Check every entry's hash, the database, the ledger and the protection of every position.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await printed {
                let session = try Session.open(options, .reading)
                let count = try session.journal.verifyChain()
                try session.journal.quickCheck()
                let audit = try session.journal.audit()
                let sound = audit.ledgerImbalance.isZero && audit.unprotectedSeconds == 0
                if options.json {
                    Terminal.out(JSONOutput.object([
                        ("entries", .number("\(count)")), ("journalHash", .text(try session.journal.head())),
                        ("ledgerImbalance", .decimal(audit.ledgerImbalance)), ("unprotectedSeconds", .number("\(audit.unprotectedSeconds)")),
                        ("findings", .list(audit.findings.map { .text("\($0)") })),
                    ]))
                } else {
                    Terminal.out("\(count) entries, chain unbroken, head \(try session.journal.head())")
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
                let session = try Session.open(options, .changing)
                let progress = ProgressLine()
                let count = try session.journal.rebuild { done, all in progress.draw("\(done)/\(all) entries  \(Format.progress(done, of: all))") }
                progress.clear()
                Terminal.out(options.json ? JSONOutput.object([("entries", .number("\(count)"))]) : "\(count) entries read; account, trades and messages are made anew")
            }
        }
    }
}
