// Opens what must be a file. Somebody else's pipe or device of that name would keep its opener waiting, and with it
// whoever waits for the opener's lock.
import Glibc

package enum PlainFile {
    /// nil, with `errno` set, if it cannot be opened at once or is no regular file.
    package static func open(_ path: String, _ flags: Int32, _ mode: UInt32 = 0o600) -> Int32? {
        let file = Glibc.open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode)
        guard file >= 0 else { return nil }
        var info = stat()
        if fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG { return file }
        close(file)
        errno = EINVAL
        return nil
    }
}
