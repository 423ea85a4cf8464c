// The first entry of a journal: what world it is of, and the money a paper account starts with.
public import Events
public import Kernel
public import Ports
import Trading

public enum Opening {
    /// Writes the identity and the first deposit, or checks that the journal is of the same world. An identity without a start
    /// (real time) goes on with whatever start there was, unless a demo's own time is ahead of the real one.
    public static func open(_ journal: any Journal, as identity: JournalOpened, deposit: Money, at time: Timestamp) throws(JournalError) {
        let book = try journal.book()
        if let found = book.identity {
            let sameStart = identity.start == nil || identity.start == found.start
            guard sameStart, found.world == identity.world, found.mode == identity.mode, found.quote == identity.quote else {
                throw .otherIdentity(found: found.text, wanted: identity.text)
            }
            if identity.start == nil { try refuseFuture(journal, for: identity, at: time) }
            try openAccount(journal, at: time)
            return
        }
        try journal.commit(at: time) { book in
            guard book.identity == nil else { return [] }
            return [
                .journalOpened(identity), .accountOpened(AccountOpened(paperOf: identity, at: time)),
                .cashMoved(CashMoved(amount: deposit, reason: "opening balance"))
            ]
        }
    }

    /// A journal of an earlier version has no account of that name yet: its next order needs one.
    public static func openAccount(_ journal: any Journal, at time: Timestamp) throws(JournalError) {
        let book = try journal.book()
        guard let identity = book.identity, book.main.epoch == .none else { return }
        let moment = max(time, try journal.newestEntry() ?? time)
        try journal.commit(at: moment) { book in
            book.main.epoch == .none ? [.accountOpened(AccountOpened(paperOf: identity, at: moment))] : []
        }
    }

    /// A demo whose own time is ahead is no journal for real time: its hours never came.
    /// - Parameter time: what our wall clock says; one before this program was made says nothing about a demo.
    public static func refuseFuture(_ journal: any Journal, for identity: JournalOpened, at time: Timestamp) throws(JournalError) {
        guard try isFutureDemo(journal, at: time), let found = try journal.book().identity, let newest = try journal.newestEntry() else { return }
        throw .otherIdentity(found: "\(found.text), with entries up to \(newest)", wanted: "\(identity.text) at \(time)")
    }

    /// Whether a journal is a demo's, with hours that are still to come by `time`.
    public static func isFutureDemo(_ journal: any Journal, at time: Timestamp) throws(JournalError) -> Bool {
        guard time >= made, try journal.book().identity?.start != nil, let newest = try journal.newestEntry() else { return false }
        return newest > time + .days(1)
    }

    /// 2026-01-01T00:00:00Z
    private static let made = Timestamp(milliseconds: 1_767_225_600_000)
}

extension JournalOpened {
    var text: String { "\(mode), \(world)" + (start.map { " from \($0)" } ?? "") }
}
