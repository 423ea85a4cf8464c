// `carillon alert UNIT`: what systemd starts when a unit failed. It must work when little else does: the
// message is journaled and queued where the journal lives, and printed in any case.
import ArgumentParser
import Domain
import Engine

struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "alert", abstract: "Tell the person that a unit failed (started by systemd).")
    @OptionGroup var options: CommonOptions
    @Argument(help: "The failed unit, e.g. carillon-cycle.service.")
    var unit: String

    mutating func run() async throws {
        try await guarded {
            let words = "\(SafeReason.line(unit)) failed; see: journalctl -u \(SafeReason.line(unit)) -n 50"
            Terminal.error(words)
            let session = try await Session.writing(options)
            let parts = try session.assembly().parts()
            try session.journal.commit(at: session.clock.now) { book in Alerts.critical(words, book, at: session.clock.now, render: parts.render) }
            await Post(session).deliver()
        }
    }
}
