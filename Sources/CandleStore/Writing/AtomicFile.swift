// A file that is there whole or not at all: written beside its place, brought to the disk, then renamed, and the
// rename brought to the disk too. Killed at any point, the old file or the new one stands.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum AtomicFile {
    /// Writes `name` in `folder`, which is made if it is missing (below `root`, which is there).
    static func write(_ bytes: [UInt8], _ name: String, in folder: String, below root: String) throws(CandleStoreError) {
        try makeFolders(folder, below: root)
        let whole = "\(root)/\(folder)", temporary = "\(whole)/.\(name).new"
        do throws(CandleStoreError) {
            try write(bytes, to: temporary)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, "\(whole)/\(name)") == 0 else { throw fault(whole) }
        try sync(folder: whole)
    }

    /// Removes a file, for good. One that was never there has perhaps no folder either, and nothing to bring to the disk.
    static func remove(_ name: String, in folder: String, below root: String) throws(CandleStoreError) {
        guard unlink("\(root)/\(folder)/\(name)") == 0 else {
            guard errno == ENOENT else { throw fault("\(root)/\(folder)") }
            return
        }
        try sync(folder: "\(root)/\(folder)")
    }

    static func sync(folder: String) throws(CandleStoreError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(folder) }
    }

    static func fault(_ path: String) -> CandleStoreError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull(path)
        case EACCES, EPERM, EROFS: .noPermission(path, reason: String(cString: strerror(errno)))
        default: .device(path, reason: String(cString: strerror(errno)))
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(CandleStoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress! + written, $0.count - written, off_t(written)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault(path) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw fault(path) }
    }

    private static func makeFolders(_ folder: String, below root: String) throws(CandleStoreError) {
        var path = root
        for part in folder.split(separator: "/") {
            let parent = path
            path += "/\(part)"
            if mkdir(path, 0o755) == 0 { try sync(folder: parent) } else if errno != EEXIST { throw fault(path) }
        }
    }
}
