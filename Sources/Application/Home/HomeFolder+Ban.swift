// The end of a ban by the venue, kept where the next process finds it: every step is a process of its own,
// and a ban is for all of them (22).
import Glibc
package import Kernel

extension HomeFolder {
    private var banFile: String { path + "/binance.ban" }

    /// The venue's bans last three days at most: an end further off was written by a clock that was ahead.
    private static let longest = TimeSpan.days(4)

    /// nil if there is none, or it is over, unreadable or not to be believed: then the venue itself says it again.
    package func ban(at now: Timestamp) -> Timestamp? { writtenBan.flatMap { $0 <= now + Self.longest ? $0 : nil } }

    private var writtenBan: Timestamp? {
        guard let file = PlainFile.open(banFile, O_RDONLY) else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(file, &bytes, bytes.count)
        guard count > 0, let line = String(decoding: bytes.prefix(count), as: UTF8.self).split(whereSeparator: \.isNewline).first else { return nil }
        return Timestamp(iso8601: String(line))
    }

    package func keepBan(until end: Timestamp) {
        guard let file = PlainFile.open(banFile, O_WRONLY | O_CREAT | O_TRUNC) else { return }
        defer { close(file) }
        Descriptor.write(end.iso8601 + "\n", to: file)
    }
}
