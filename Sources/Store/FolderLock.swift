// The folder of a journal, held while the file is opened and made: the making is the one thing SQLite's own
// locks do not order between processes.
import Glibc

/// Waits until it is the only one; the lock ends with `release` or with the process.
struct FolderLock {
    private let descriptor: Int32

    /// nil where the folder cannot be opened: then the journal's own error says why.
    init?(of path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { close(descriptor); return nil }
        }
    }

    func release() { close(descriptor) }
}
