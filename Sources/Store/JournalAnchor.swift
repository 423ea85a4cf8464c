// The chain's head in a file beside the journal, written after each cycle. Whoever cuts the newest entries, and all
// that speaks of them inside the file, is contradicted from outside.
import Foundation
import GRDB
import Glibc
import Signing

struct JournalAnchor {
    let path: String

    enum Content: Equatable {
        case none
        case unreadable
        case head(Int64, hash: String)
    }

    /// - Parameter journal: `…/journal.sqlite` has its anchor in `…/journal.anchor`.
    init(of journal: String) {
        path = (journal.hasSuffix(".sqlite") ? String(journal.dropLast(7)) : journal) + ".anchor"
    }

    func read() -> Content {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return errno == ENOENT ? .none : .unreadable }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(file, &bytes, bytes.count)
        let fields = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 3, let sequence = Int64(fields[0]), Self.line(sequence, String(fields[1])) == fields.joined(separator: " ") else {
            return .unreadable
        }
        return .head(sequence, hash: String(fields[1]))
    }

    /// Replaces the file whole. It is a witness and no memory: if it cannot be written, the older one stays true.
    func write(_ sequence: Int64, hash: String) {
        let file = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = Array(Self.line(sequence, hash).utf8)
        let written = Glibc.write(file, bytes, bytes.count)
        close(file)
        if written != bytes.count || rename(path + ".new", path) != 0 { unlink(path + ".new") }
    }

    /// How the anchor contradicts a chain; nil if it agrees or there is none.
    func doubt(_ witness: Content, _ db: Database, head: Int64) throws -> Doubt? {
        switch witness {
        case .none: return nil
        case .unreadable: return .anchor(path)
        case .head(let sequence, let hash):
            let kept = try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence])
            return kept.map(Chain.hex) == hash ? nil : .history(path, sequence, head: head)
        }
    }

    /// Entry, hash, and a few digits that tell a damaged line from a true one.
    private static func line(_ sequence: Int64, _ hash: String) -> String {
        "\(sequence) \(hash) \(SHA256.hex(Array("\(sequence) \(hash)".utf8)).prefix(8))\n"
    }
}
