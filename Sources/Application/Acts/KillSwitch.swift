// The kill switch: a file in the home, and its entry in the journal. The file is written first, so that it works even if the
// journal cannot be written; nothing new is bought from that moment on.
import Events
import Glibc
import Kernel
import Ports
package import Risk
import Store

package struct KillSwitch: Sendable {
    private let caller: Caller
    package let folder: HomeFolder

    package init(_ caller: Caller) throws {
        self.caller = caller
        folder = try caller.home()
    }

    /// Stops buying at once; what is open keeps its stops and targets.
    /// - Returns: the reason as it was written down.
    package func halt(_ reason: String) async throws -> String {
        try folder.prepare()
        let line = SafeText.typed(reason)
        guard folder.engageKillSwitch(line) else { throw Failure(.io, "cannot write \(folder.haltFile); nothing is halted") }
        // A journal that does not exist yet or cannot be written does not keep the file from halting.
        do { try await write(engaged: true, line) } catch { caller.say("carillon: the switch is on, but the journal could not be written") }
        return line
    }

    /// Lets buying go on.
    /// - Returns: the breakers that still pause it.
    package func resume(_ reason: String) async throws -> [BreakerName] {
        let hasAccount = try hasAccount()
        if !hasAccount, folder.killSwitch() == nil { throw folder.noJournal }
        // The journal first: should it fail, the file still halts.
        if hasAccount { try await write(engaged: false, SafeText.typed(reason)) }
        guard folder.releaseKillSwitch() else { throw Failure(.io, "cannot remove \(folder.haltFile); still halted") }
        let book = hasAccount ? try Session.open(caller, .reading).journal.book() : Book()
        return book.main.activeBreakers(at: caller.clock.now).map(\.name)
    }

    /// A home that was halted before its first cycle has a switch and no account; a journal that cannot be read is an error.
    private func hasAccount() throws -> Bool {
        if access(folder.journal, F_OK) != 0, errno == ENOENT { return false }
        try folder.requireJournal()
        return try SQLiteJournal(path: folder.journal, mayWrite: false).newestEntry() != nil
    }

    private func write(engaged: Bool, _ reason: String) async throws {
        let session = try await Session.writing(caller)
        try session.journal.commit(at: session.clock.now) { book in
            (book.killSwitch != nil) == engaged ? [] : [.killSwitchSet(KillSwitchSet(engaged: engaged, reason: reason))]
        }
    }
}
