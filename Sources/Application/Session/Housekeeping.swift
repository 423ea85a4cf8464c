// The work beside trading: the log, the records a spreadsheet opens, old blobs, and the room kept free for
// the last alert. None of it may ever stop an exit: a failure is reported once and left for the next time.
import Glibc
import Kernel
import Ports
import SettingsFiles
import Store

package struct Housekeeping {
    package let session: Session
    package init(_ session: Session) { self.session = session }

    private var csv: String { session.folder.logs }
    private var reserve: String { session.folder.path + "/reserve" }
    /// Freed when the disk is full, so that the alert about it can still be written.
    private static let reserveBytes = 64 << 20

    /// After a cycle: records, the log copied, and once a day the content that is no longer kept.
    package func afterCycle() {
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
            let faults = verified.faults.map(session.folder.addressed)
            for fault in faults {
                session.caller.say("carillon: \(fault)")
                log("ERROR", fault)
            }
            try session.doubts.stop(faults.joined(separator: "\n"), now: session.clock.now)
        } catch {
            let why = (error as? JournalError).map { Failure($0).message } ?? "\(error)"
            session.caller.say("carillon: the journal could not be verified: \(why)")
            log("ERROR", "the journal could not be verified: \(why)")
            // A chain that breaks far back is no reason to stop guarding, and one to buy nothing until a person has looked.
            try? session.doubts.stop(
                "the journal could not be verified: \(why)", now: session.clock.now)
        }
    }

    /// `trades.csv` and `signals.csv`, brought up to the journal's last entry.
    package func records() {
        guard makeLogs() else { return log("WARNING", "cannot write \(csv): no CSV records") }
        for problem in CSVRecords(folder: csv).update(from: session.journal).problems { log("WARNING", "\(problem)") }
    }

    /// One line of the log: time, level, words.
    package func log(_ level: String, _ words: String) {
        guard makeLogs() else { return }
        let path = session.folder.logs + "/carillon.log"
        guard let file = PlainFile.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o640) else {
            return session.caller.say(
                "carillon: cannot write \(path): \(errno == EINVAL || errno == ENXIO ? "it is not a file" : String(cString: strerror(errno)))")
        }
        defer { close(file) }
        let line = words.unicodeScalars.map { $0.value < 32 ? " " : String($0) }.joined()
        Descriptor.write("\(session.clock.now.iso8601) \(level) \(line)\n", to: file)
    }

    /// Makes the reserve whole, even if a process was killed while it made one.
    package func keepReserve() {
        guard let file = PlainFile.open(reserve, O_WRONLY | O_CREAT) else { return }
        defer { close(file) }
        var info = stat()
        guard fstat(file, &info) == 0, info.st_size < Self.reserveBytes else { return }
        if posix_fallocate(file, 0, off_t(Self.reserveBytes)) != 0 { unlink(reserve) }
    }

    package static func freeReserve(_ folder: HomeFolder) { unlink(folder.path + "/reserve") }

    private func makeLogs() -> Bool {
        access(session.folder.logs, W_OK) == 0 || mkdir(session.folder.logs, 0o750) == 0
    }
}
