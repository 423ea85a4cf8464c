// The first entry of a journal: what world it is of, and the money a paper account starts with.
import Domain
import Ports

public enum Opening {
    /// Writes the identity and the first deposit, or checks that the journal is the same one.
    public static func open(_ journal: any Journal, as identity: JournalOpened, deposit: Money, at time: Timestamp) throws(JournalError) {
        let book = try journal.book()
        if let found = book.identity {
            guard found == identity else { throw .otherIdentity(found: found.text, wanted: identity.text) }
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
