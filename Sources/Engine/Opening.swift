// The first entry of a journal: what world it is of, and the money a paper account starts with.
import Domain
import Ports

public enum Opening {
    /// Writes the identity and the first deposit, or checks that the journal is of the same world. Who names no start
    /// (real time) goes on with whatever start there was, unless a demo's own time is ahead of the real one.
    public static func open(_ journal: any Journal, as identity: JournalOpened, deposit: Money, at time: Timestamp) throws(JournalError) {
        let book = try journal.book()
        if let found = book.identity {
            let sameStart = identity.start == nil || identity.start == found.start
            guard sameStart, found.world == identity.world, found.mode == identity.mode, found.quote == identity.quote else {
                throw .otherIdentity(found: found.text, wanted: identity.text)
            }
            if identity.start == nil, found.start != nil, let newest = try journal.newestEntry(), newest > time + .days(1) {
                throw .otherIdentity(found: "\(found.text), with entries up to \(newest)", wanted: "\(identity.text) at \(time)")
            }
            return
        }
        try journal.commit(at: time) { book in
            book.identity == nil ? [.journalOpened(identity), .cashMoved(CashMoved(amount: deposit, reason: "opening balance"))] : []
        }
    }
}

extension JournalOpened {
    var text: String { "\(mode), \(world)" + (start.map { " from \($0)" } ?? "") }
}
