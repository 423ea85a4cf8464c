// A sign of life outside the journal: when the monitor last finished a step, at most every five minutes.
import Domain
import Glibc

struct Heartbeat {
    let session: Session
    init(_ session: Session) { self.session = session }

    func beat() {
        let now = session.clock.now
        if let last, now - last < session.settings.cycle.heartbeat, now >= last { return }
        let file = open(session.folder.heartbeat, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        Terminal.write(now.iso8601 + "\n", to: file)
    }

    var last: Timestamp? {
        var info = stat()
        guard stat(session.folder.heartbeat, &info) == 0 else { return nil }
        return Timestamp(milliseconds: Int64(info.st_mtim.tv_sec) * 1_000)
    }
}
