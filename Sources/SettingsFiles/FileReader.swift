// Reads a small regular file whole, or says why not. Promise: what it returns was one version of the
// file: if size or time changed while it was read, that is an error and not a mixture.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A small file's bytes and what the file system says of it.
struct FileContent: Sendable {
    let bytes: [UInt8]
    /// Permission bits.
    let mode: UInt32
}

/// Why a file could not be read, as the end of a sentence.
struct FileFailure: Error, Sendable {
    let reason: String
}

enum FileReader {
    /// Reads at most `limit` bytes; a longer file is a failure.
    static func read(_ path: String, limit: Int) throws(FileFailure) -> FileContent {
        // Not blocking: a pipe put where a file belongs must not hold the program up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot be read") }
        defer { close(descriptor) }
        let before = try status(descriptor)
        guard before.st_mode & S_IFMT == S_IFREG else { throw FileFailure(reason: "is not a file") }
        guard before.st_size <= limit else { throw FileFailure(reason: "is larger than \(limit) bytes") }
        var bytes = [UInt8](repeating: 0, count: Int(before.st_size) + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress! + filled, $0.count - filled, off_t(filled)) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            if count == 0 { break }
            filled += count
        }
        let after = try status(descriptor)
        guard filled == Int(before.st_size), after.st_size == before.st_size, after.st_mtim.tv_sec == before.st_mtim.tv_sec,
            after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
        else {
            throw FileFailure(reason: "changed while it was read; try again")
        }
        return FileContent(bytes: Array(bytes.prefix(filled)), mode: UInt32(before.st_mode) & 0o7777)
    }

    /// False only if there is certainly nothing: a file that may not be looked at may well be there.
    static func mayExist(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    private static func status(_ descriptor: Int32) throws(FileFailure) -> stat {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure("cannot be read") }
        return information
    }

    private static func failure(_ what: String) -> FileFailure {
        FileFailure(reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
