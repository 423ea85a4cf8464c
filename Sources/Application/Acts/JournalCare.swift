// Proof that the memory is what was written, its readings made anew, and the way back from a clock that was ahead.
import Engine
import Events
package import Kernel
import Messaging
import Ports
import Settings
import SettingsFiles
package import Store
import Trading

/// What a journal's chain, what stands beside it, its ledger and its positions' protection came to.
package struct JournalProof: Sendable {
    package let entries: Int
    package let head: String
    package let audit: JournalAudit.Result
    /// What is wrong now, worst first, each with its remedy.
    package let faults: [String]
    /// What was wrong and cannot be mended.
    package let past: [String]
    /// The positions' protection, in a few words.
    package let summary: String
    package let isSound: Bool

    /// - Parameter mark: the mark of an entry that the journal must still have; nil for none.
    package init(_ caller: Caller, against mark: ChainMark?) throws {
        let session = try Session.open(caller, .judging)
        let verified = try session.journal.verify(against: mark)
        audit = try session.journal.audit()
        let words = UnguardedWords(audit, now: session.clock.now, zone: session.zone, session.folder)
        entries = verified.entries
        head = try session.journal.head()
        faults = verified.faults.map(session.folder.addressed) + words.faults.map { "\($0.words); \($0.remedy)" }
        past = words.past
        summary = words.summary
        isSound = verified.faults.isEmpty && audit.isSound(at: session.clock.now)
    }
}

package enum JournalCare {
    /// Makes every table that is read from the journal anew, alone on this home.
    /// - Returns: how many entries were read.
    package static func rebuild(_ caller: Caller, progress: (_ done: Int, _ all: Int) -> Void) throws -> Int {
        let folder = try caller.home()
        try folder.requireJournal()
        let configuration = try caller.settings(), cycle = configuration.settings.cycle
        let locks = [try folder.lock("cycle", quiet: cycle.cycleQuiet), try folder.lock("monitor", quiet: cycle.monitorQuiet)]
        defer { locks.forEach { $0.release() } }
        let session = try Session.open(caller, .mending, configuration)
        return try session.journal.rebuild { done, all in
            locks.forEach { $0.touch() }
            progress(done, all)
        }
    }

    /// Brings the journal to this version's form, alone on this home: its tables, and the stored account if that is of another
    /// version. An upgrade does it before anything trades again.
    /// - Returns: how many entries the account was made anew from; nil if it was right already.
    package static func migrate(_ caller: Caller, progress: (_ done: Int, _ all: Int) -> Void) throws -> Int? {
        let folder = try caller.home()
        try folder.requireJournal()
        let configuration = try caller.settings(), cycle = configuration.settings.cycle
        let locks = [try folder.lock("cycle", quiet: cycle.cycleQuiet), try folder.lock("monitor", quiet: cycle.monitorQuiet)]
        defer { locks.forEach { $0.release() } }
        // What contradicts the chain is told by whoever trades next; a home in which only the lab has worked has no account.
        let journal = try SQLiteJournal(path: folder.journal) { done, all in
            locks.forEach { $0.touch() }
            progress(done, all)
        }
        return try journal.renewBook()
    }

    /// Sets back every moment still to come that the account would wait for; if a venue answers, no person's word is needed.
    /// - Returns: the newest entry's moment before, and whether anything was set back.
    package static func correctClock(_ caller: Caller, reason: String) async throws -> (newest: Timestamp?, isCorrected: Bool) {
        let before = try Session.open(caller, .changing), newest = try before.journal.newestEntry()
        let session = try await before.believing()
        if session.time?.isKnown == false {
            try ClockWatch.correct(session.journal, at: caller.clock.now, why: SafeText.typed(reason))
        }
        return (newest, try session.journal.newestEntry() != newest)
    }
}
