// A file's bytes as memory, without reading them. Sound because a file of the store is never changed in place:
// it is replaced whole, and who has mapped the old one keeps it.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Immutable after init, so it may be shared.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    enum Fault: Error {
        case absent
        case noPermission
        case unreadable(String)
    }

    /// - Parameter limit: a longer file is unreadable.
    init(_ path: String, limit: Int) throws(Fault) {
        let (descriptor, size) = try Self.opened(path, limit: limit)
        defer { close(descriptor) }
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        #if os(Linux)
            let flags = MAP_PRIVATE | Int32(MAP_POPULATE)
        #else
            let flags = MAP_PRIVATE
        #endif
        guard let start = mmap(nil, size, PROT_READ, flags, descriptor, 0), start != MAP_FAILED else {
            throw .unreadable(String(cString: strerror(errno)))
        }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    /// At most the first `count` bytes, copied, and how long the file is.
    static func beginning(_ path: String, _ count: Int, limit: Int) throws(Fault) -> (bytes: [UInt8], size: Int) {
        let (descriptor, size) = try opened(path, limit: limit)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: min(count, size)), filled = 0
        while filled < bytes.count {
            let more = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled, off_t(filled)) }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { throw .unreadable(more < 0 ? String(cString: strerror(errno)) : "cut off") }
            filled += more
        }
        return (bytes, size)
    }

    private static func opened(_ path: String, limit: Int) throws(Fault) -> (descriptor: Int32, size: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .absent
            case EACCES: throw .noPermission
            default: throw .unreadable(String(cString: strerror(errno)))
            }
        }
        var facts = stat()
        let problem =
            fstat(descriptor, &facts) != 0 || facts.st_mode & S_IFMT != S_IFREG
            ? "not a regular file" : facts.st_size > limit ? "longer than \(limit >> 20) MiB" : nil
        if let problem {
            close(descriptor)
            throw .unreadable(problem)
        }
        return (descriptor, Int(facts.st_size))
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
