// What is done beside trading: the log, the records a spreadsheet opens, old blobs, and the room kept free for
// the last alert. None of it may ever stop an exit: what fails is said once and left for the next time.
import Domain
import Glibc
import Store

struct Housekeeping {
    let session: Session
    init(_ session: Session) { self.session = session }

    private var csv: String { session.place.logs }
    private var reserve: String { session.folder.path + "/reserve" }
    /// Freed when the disk is full, so that the alert about it can still be written.
    private static let reserveBytes = 64 << 20

    /// After a cycle: records, the log copied, and once a day the content that is no longer kept.
    func afterCycle() {
        records()
        // What the log says elsewhere contradicts a journal that was cut later.
        if let mark = try? session.journal.mark() { log("INFO", "journal mark \(mark)") }
        if (try? session.journal.isFirstCycleOfDay()) == true { daily() }
        // A log that is long costs room and no entry, so what fails here can wait.
        try? session.journal.checkpoint()
        keepReserve()
    }

    /// With the first cycle of a UTC day, whichever hour that is.
    private func daily() {
        if let newest = try? session.journal.newestEntry() { _ = try? session.journal.pruneBlobs(before: newest - SQLiteJournal.contentAge) }
        do {
            let verified = try session.journal.verify()
            guard !verified.faults.isEmpty else { return log("INFO", "journal verified, \(verified.entries) entries") }
            for fault in verified.faults {
                Terminal.error("carillon: \(fault)")
                log("ERROR", fault)
            }
            try DoubtReport(session.journal).stop(verified.faults.joined(separator: "\n"), now: session.clock.now, session.renderer)
        } catch {
            Terminal.error("carillon: the journal could not be verified: \(error)")
            log("ERROR", "the journal could not be verified: \(error)")
        }
    }

    /// `trades.csv` and `signals.csv`, brought up to the journal's last entry.
    func records() {
        guard makeLogs() else { return log("WARNING", "cannot write \(csv): no CSV records") }
        for problem in CSVRecords(folder: csv).update(from: session.journal).problems { log("WARNING", "\(problem)") }
    }

    /// One line of the log: time, level, words.
    func log(_ level: String, _ words: String) {
        guard makeLogs() else { return }
        let file = open(session.place.logs + "/carillon.log", O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard file >= 0 else { return }
        defer { close(file) }
        let line = words.unicodeScalars.map { $0.value < 32 ? " " : String($0) }.joined()
        Terminal.write("\(session.clock.now.iso8601) \(level) \(line)\n", to: file)
    }

    /// Also where one was begun by a process that was killed before it was whole.
    func keepReserve() {
        let file = open(reserve, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        var info = stat()
        guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size < Self.reserveBytes else { return }
        if posix_fallocate(file, 0, off_t(Self.reserveBytes)) != 0 { unlink(reserve) }
    }

    static func freeReserve(_ folder: HomeFolder) { unlink(folder.path + "/reserve") }

    private func makeLogs() -> Bool {
        access(session.place.logs, W_OK) == 0 || mkdir(session.place.logs, 0o750) == 0
    }
}
