// Kills the process at a commit, so that tests can prove what a crash there leaves behind:
// CARILLON_KILL=commit:17:before or :after. Behind the package trait `Drills`: a release has no such code.
#if Drills
    package import Events
    import Glibc
    package import Kernel
    package import Ports

    package final class KilledJournal: Journal, @unchecked Sendable {
        private let journal: any Journal
        private let commit: Int
        private let kills: Moment
        private var count = 0

        package enum Moment: String { case before, after }

        /// The journal itself if no kill is asked for.
        package static func wrap(_ journal: any Journal, environment: (String) -> String?) -> any Journal {
            guard let parts = environment("CARILLON_KILL")?.split(separator: ":"), parts.count == 3, parts[0] == "commit",
                let commit = Int(parts[1]), let moment = Moment(rawValue: String(parts[2]))
            else { return journal }
            return KilledJournal(journal, commit, moment)
        }

        private init(_ journal: any Journal, _ commit: Int, _ kills: Moment) {
            self.journal = journal
            self.commit = commit
            self.kills = kills
        }

        package func book() throws(JournalError) -> Book { try journal.book() }
        package func newestEntry() throws(JournalError) -> Timestamp? { try journal.newestEntry() }
        package func mark() throws(JournalError) -> String? { try journal.mark() }
        package func entries(about key: String) throws(JournalError) -> [JournalEntry] { try journal.entries(about: key) }
        package func blob(_ hash: String) throws(JournalError) -> [UInt8]? { try journal.blob(hash) }
        package func note(_ topic: String, _ key: String, _ json: String) throws(JournalError) { try journal.note(topic, key, json) }

        @discardableResult
        package func commit(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book {
            var writes = false
            let book = try journal.commit(at: time, blobs: blobs) { book in
                let events = decide(book)
                writes = !events.isEmpty
                if writes {
                    count += 1
                    if count == commit, kills == .before { kill(getpid(), SIGKILL) }
                }
                return events
            }
            if writes, count == commit, kills == .after { kill(getpid(), SIGKILL) }
            return book
        }
    }
#endif
