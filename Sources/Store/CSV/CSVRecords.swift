// The CSV records as read models: each update brings both files to the journal's last entry. What is
// missing is appended; a file whose end is not what the journal says is written anew and put in place in
// one step. No failure here may stop the caller, so failures are values.
import Foundation
import GRDB
import Glibc
import Ports

public struct CSVRecords: Sendable {
    public let folder: String
    public init(folder: String) { self.folder = folder }

    public struct Outcome: Hashable, Sendable {
        /// Bytes added to files that were in order.
        public var appended = 0
        /// Files that were written anew, by name.
        public var rewritten: [String] = []
        /// What could not be written and why, safe to show.
        public var problems: [String] = []
        /// Another process is updating the files; missing rows come with a later update.
        public var isBusy = false
    }

    /// Brings `trades.csv` and `signals.csv` in the folder up to date, and makes the folder if it is missing.
    public func update(from journal: SQLiteJournal) -> Outcome {
        var outcome = Outcome()
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            outcome.problems.append("\(folder): cannot make this folder")
            return outcome
        }
        // Two processes share the files; the folder itself is the lock. It is unlocked before it is closed, because a child
        // that is just being started holds a copy of the descriptor.
        let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else {
            outcome.problems.append("\(folder): \(CSVFileError.last)")
            return outcome
        }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            outcome.isBusy = true
            return outcome
        }
        defer { flock(lock, LOCK_UN) }
        for table in CSVTable.all { update(table, journal, &outcome) }
        return outcome
    }

    private func update(_ table: CSVTable, _ journal: SQLiteJournal, _ outcome: inout Outcome) {
        let path = folder + "/" + table.name
        do {
            let result = try journal.access { try journal.read { try CSVUpdate(table: table, path: path, db: $0).run() } }
            switch result {
            case .appended(let bytes): outcome.appended += bytes
            case .rewritten: outcome.rewritten.append(table.name)
            case .failed(let error): outcome.problems.append("\(path): \(error)")
            }
        } catch {
            outcome.problems.append("\(path): the journal cannot be read (\(error))")
        }
    }
}
