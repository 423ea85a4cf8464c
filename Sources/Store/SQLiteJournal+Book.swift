// The newest book, believed only where it is what was written, and what was found to contradict the chain.
import GRDB
import Ports

extension SQLiteJournal {
    /// What contradicts the chain, as far as it was seen since this process opened it; empty where all agrees.
    public func doubts() throws(JournalError) -> [Doubt] {
        try access { try self.queue.read { _ in self.found } }
    }

    /// Those that nobody was told of by this process.
    public func untoldDoubts() throws(JournalError) -> [Doubt] {
        try access { try self.queue.read { _ in self.found.filter { !self.told.contains($0) } } }
    }

    public func markTold(_ doubts: [Doubt]) throws(JournalError) {
        try access { try self.queue.read { _ in self.told.formUnion(doubts) } }
    }

    /// At the start: all that is cheap.
    func examine(_ db: Database) throws {
        // Only the beginnings of a file: one that was killed before its tables were made.
        guard try Chain.exists(db) else { return }
        note(try Chain.verifySinceCheckpoint(db))
        let head = try current(db)
        note(try anchor.doubt(db, head: head.sequence))
    }

    private func note(_ doubt: Doubt?) {
        if let doubt, !found.contains(doubt) { found.append(doubt) }
    }

    /// The newest book: from memory where nobody has written since, else as it is stored, and where that is not what was
    /// written, from the chain, every link of which is verified first.
    func current(_ db: Database) throws -> BookState {
        let head = try Chain.head(db)
        if let cached, cached.sequence == head.sequence, cached.hash == head.hash { return cached }
        let state: BookState
        switch try StoredBook.read(db, head: head) {
        case .sound(let book): state = (head.sequence, head.hash, book)
        case .outdated: state = try Fold.all(db)
        case .doubtful(let doubt):
            try Chain.verify(db, after: 0, hash: Chain.genesis)
            state = try Fold.all(db)
            note(doubt)
        }
        cached = state
        return state
    }

    /// The head goes into the file beside the journal. One that contradicts this chain is left to be seen, until a rebuild.
    func dropAnchor(_ db: Database) throws {
        guard let cached, try anchor.doubt(db, head: cached.sequence)?.kind != .history else { return }
        anchor.write(cached.sequence, hash: Chain.hex(cached.hash))
    }
}
