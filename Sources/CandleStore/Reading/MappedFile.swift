// A file's bytes as memory, without reading them. Sound because a file of the store is never changed in place:
// it is replaced whole, and who has mapped the old one keeps it.
import Domain
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
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .absent
            case EACCES: throw .noPermission
            default: throw .unreadable(String(cString: strerror(errno)))
            }
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .unreadable("not a regular file") }
        guard facts.st_size <= limit else { throw .unreadable("longer than \(limit >> 20) MiB") }
        guard facts.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        #if os(Linux)
        let flags = MAP_PRIVATE | Int32(MAP_POPULATE)
        #else
        let flags = MAP_PRIVATE
        #endif
        guard let start = mmap(nil, Int(facts.st_size), PROT_READ, flags, descriptor, 0), start != MAP_FAILED else {
            throw .unreadable(String(cString: strerror(errno)))
        }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(facts.st_size))
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
