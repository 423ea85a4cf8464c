// The journal's file as the system sees it: private to its owner, and readable even where nothing can be written.
import Glibc

enum JournalFile {
    /// A file that is made now is its owner's alone, whatever the folder and the mask allow. One that an earlier version
    /// left open to everybody is closed to them.
    static func keepPrivate(_ path: String) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
            return
        }
        for path in [path, path + "-wal", path + "-shm"] {
            var info = stat()
            guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_uid == geteuid(), info.st_mode & S_IRWXO != 0 else { continue }
            chmod(path, info.st_mode & 0o770)
        }
    }

    /// Whether it lies where nothing can be written, and nobody left a log beside it: a copy on a medium to be read only.
    static func isStill(_ path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return access(path, R_OK) == 0 && access(folder, W_OK) != 0 && access(path + "-wal", F_OK) != 0
    }

    /// The address that tells SQLite that nobody will change the file, so that it needs no files beside it.
    static func unchanging(_ path: String) -> String {
        var name: [UInt8] = []
        for byte in path.utf8 {
            if "%?#".utf8.contains(byte) { name += Array("%\(String(byte, radix: 16))".utf8) } else { name.append(byte) }
        }
        return "file:\(String(decoding: name, as: UTF8.self))?immutable=1"
    }
}
