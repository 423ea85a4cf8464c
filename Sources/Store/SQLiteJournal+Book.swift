// The newest book, believed only if it is what was written, and everything that was found to contradict the chain.
import GRDB
public import Ports

extension SQLiteJournal {
    /// What contradicts the chain, as far as it was seen since this process opened it; empty if all agrees.
    public func doubts() -> [Doubt] { queue.unsafeRead { _ in found } }

    /// Doubts that this process has reported to nobody yet.
    public func untoldDoubts() -> [Doubt] { queue.unsafeRead { _ in found.filter { !told.contains($0) } } }

    public func markTold(_ doubts: [Doubt]) { queue.unsafeRead { _ in told.formUnion(doubts) } }

    /// Makes the cheap checks when the journal is opened.
    /// - Parameter witness: the anchor as it was read before `db` was opened: what others write meanwhile is in neither.
    func examine(_ db: Database, _ witness: JournalAnchor.Content, _ progress: (Int, Int) -> Void) throws {
        // A file without tables: its process was killed before they were made.
        guard try Chain.exists(db) else { return }
        note(try Chain.verifySinceCheckpoint(db))
        let head = try current(db, progress)
        note(try anchor.doubt(witness, db, head: head.sequence))
    }

    private func note(_ doubt: Doubt?) {
        if let doubt, !found.contains(doubt) { found.append(doubt) }
    }

    /// The book in memory, if nobody has written since.
    func remembered(_ db: Database) throws -> BookState? {
        let head = try Chain.head(db)
        return cached.flatMap { $0.sequence == head.sequence && $0.hash == head.hash ? $0 : nil }
    }

    /// The newest book: from memory if nobody has written since, else as it is stored, and if that is not what was
    /// written, from the chain, every link of which is verified first.
    func current(_ db: Database, _ progress: (Int, Int) -> Void = { _, _ in }) throws -> BookState {
        if let state = try remembered(db) { return state }
        let head = try Chain.head(db), state: BookState
        switch try StoredBook.read(db, head: head) {
        case .sound(let book): state = (head.sequence, head.hash, book)
        case .outdated: state = try madeAnew(db, progress)
        case .doubtful(let doubt):
            state = try madeAnew(db, progress)
            note(doubt)
        }
        cached = state
        return state
    }

    private func madeAnew(_ db: Database, _ progress: (Int, Int) -> Void) throws -> BookState {
        let all = try Chain.verify(db, after: 0, hash: Chain.genesis)
        return try Fold.all(db, progress: { progress($0, all) })
    }

    /// Keeps the newest book if the stored one is of another version or missing.
    /// - Returns: how many entries it was made from; nil if there was nothing to do.
    public func renewBook() throws(JournalError) -> Int? {
        try access {
            var count: Int?
            try self.queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    guard case .outdated = try StoredBook.read(db, head: try Chain.head(db)) else { return .rollback }
                    let state = try self.current(db)
                    guard state.sequence > 0 else { return .rollback }
                    try StoredBook.write(state, db)
                    count = Int(state.sequence)
                    return .commit
                }
            }
            return count
        }
    }

    /// Writes the head into the file beside the journal. An anchor that contradicts this chain stays to be seen until a rebuild.
    func dropAnchor(_ db: Database) throws {
        guard let cached, try anchor.doubt(anchor.read(), db, head: cached.sequence)?.kind != .history else { return }
        anchor.write(cached.sequence, hash: Chain.hex(cached.hash))
    }
}
