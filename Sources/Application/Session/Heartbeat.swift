// A sign of life outside the journal: when the monitor last finished a step, at most every five minutes, and how far the
// machine had counted then: a clock that steps while the venue cannot be asked is seen by it.
import Glibc
package import Kernel
import Ports
import Settings
import Trading

package struct Heartbeat {
    package let session: Session
    package init(_ session: Session) { self.session = session }

    package func beat() {
        let now = session.clock.now
        if let last, now - last < session.settings.cycle.heartbeat, now >= last { return }
        guard let file = PlainFile.open(session.folder.heartbeat, O_WRONLY | O_CREAT | O_TRUNC) else { return }
        defer { close(file) }
        // The time of a clock that is not believed is no measure for the next step.
        let counted = session.time?.doubt == nil ? Self.boot.map { "\($0) \(SystemClock.sinceBoot.milliseconds)\n" } ?? "" : ""
        Descriptor.write(now.iso8601 + "\n" + counted, to: file)
    }

    /// What the clock must say now by what the machine counted since the last sound step; nil if it was started anew.
    package var counted: Timestamp? {
        let lines = Self.text(session.folder.heartbeat).split(separator: "\n").map(String.init)
        guard lines.count == 2, let then = Timestamp(iso8601: lines[0]), let boot = Self.boot else { return nil }
        let parts = lines[1].split(separator: " ")
        guard parts.count == 2, parts[0] == boot, let count = Int64(parts[1]), (0...SystemClock.sinceBoot.milliseconds).contains(count) else {
            return nil
        }
        return then + TimeSpan(milliseconds: SystemClock.sinceBoot.milliseconds - count)
    }

    /// The kernel's name of this start of the machine.
    private static let boot: String? = {
        let id = text("/proc/sys/kernel/random/boot_id").filter { $0.isHexDigit || $0 == "-" }
        return id.isEmpty ? nil : id
    }()

    private static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : ""
    }

    package var last: Timestamp? {
        var info = stat()
        guard stat(session.folder.heartbeat, &info) == 0 else { return nil }
        return Timestamp(milliseconds: Int64(info.st_mtim.tv_sec) * 1_000)
    }
}
