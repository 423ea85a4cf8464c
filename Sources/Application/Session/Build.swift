// Which program ran a cycle: the hash of its executable, kept beside the chain and not in it, so that the same decisions have the same
// chain whichever build made them.
import Glibc
import Kernel
import Ports
import Signing
import Store
import Trading

struct Build {
    let session: Session
    /// The program's own file.
    var executable = "/proc/self/exe"
    private static let piece = 1 << 20

    /// Notes the build of a cycle. The file is hashed once, and again only if it is another one.
    func note(_ cycle: CycleId) throws {
        guard let mark = mark() else { return }
        let known = try session.journal.newestNote("executable", mark), hash = known ?? hashed()
        guard let hash else { return }
        if known == nil { try session.journal.note("executable", mark, hash) }
        try session.journal.note("build", cycle.description, hash)
    }

    /// What tells one file from another without reading it.
    private func mark() -> String? {
        var status = stat()
        guard stat(executable, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    /// As a JSON text; nil if the file cannot be read.
    private func hashed() -> String? {
        let file = open(executable, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let stream = SHA256Stream()
        var bytes = [UInt8](repeating: 0, count: Self.piece)
        while true {
            let count = read(file, &bytes, Self.piece)
            if count < 0 { return nil }
            guard count > 0 else { break }
            bytes.withUnsafeBytes { stream.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return "\"\(stream.hex())\""
    }
}
