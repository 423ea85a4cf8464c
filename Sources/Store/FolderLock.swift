// The folder of a journal, held while the file is opened and made: the making is the one thing SQLite's own
// locks do not order between processes.
import Glibc
import Ports

/// Waits until no other process holds it; the lock ends with `release` or with the process.
struct FolderLock {
    private let descriptor: Int32

    /// nil if the folder cannot be opened: then the journal's own error says why. `locked` if somebody else keeps it: a
    /// program that stands still, or a backup that locks folders, must not make a minute wait for ever in silence.
    /// - Parameter patience: seconds.
    init?(of path: String, patience: Double) throws(JournalError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let began = Self.uptime
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let isTaken = errno == EWOULDBLOCK || errno == EINTR
            guard isTaken, Self.uptime - began < patience else {
                close(descriptor)
                if isTaken { throw .locked }
                return nil
            }
            usleep(20_000)
        }
    }

    /// Unlocks before it closes: a copy of the descriptor, in a child that is just being started, would keep the lock.
    func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Seconds of a clock that nobody can set.
    private static var uptime: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
