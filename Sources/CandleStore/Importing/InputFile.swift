// A file of the person's, read whole into memory: checked and used bytes are then the same ones.
import CandleFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum InputFile {
    /// - Parameters:
    ///   - file: the name to use in faults.
    ///   - limit: a longer file is a fault.
    static func read(_ path: String, _ file: String, limit: Int) throws(FileFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFault(file: file, "cannot be opened: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw FileFault(file: file, "not a regular file") }
        guard facts.st_size <= limit else { throw FileFault(file: file, "longer than \(limit >> 20) MiB") }
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size)), filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress! + filled, $0.count - filled, off_t(filled)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFault(file: file, "cannot be read to its end") }
            filled += count
        }
        return bytes
    }

    /// False only if there is certainly nothing.
    static func mayExist(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }
}
