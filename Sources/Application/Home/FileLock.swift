// One monitor and one cycle at a time. Whoever holds a lock shows that it lives by touching the lock's file; a holder
// that stands still looks after nothing, and the next copy must not pass for a success because of it.
import Glibc
package import Kernel
import Settings

extension HomeFolder {
    /// Holds the named lock until the process ends. Fails with 75 if another copy is at work; if that copy has shown no life for
    /// longer than `limit`, fails with 70, which calls the alert.
    /// - Parameter limit: nil if the lock is held for moments and waited for.
    package func lock(_ name: String, quiet limit: TimeSpan? = nil) throws(Failure) -> FileLock {
        let file = open("\(path)/\(name).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(.noPermission, "cannot open \(path)/\(name).lock: \(String(cString: strerror(errno)))") }
        var tries = 10
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            let sign = FileLock.lastSign(file)
            guard let limit, let sign, (SystemClock().now - sign).milliseconds.magnitude > limit.milliseconds.magnitude else {
                close(file)
                throw Failure(.temporary, "another carillon \(name) is running on \(path)")
            }
            // A holder that took it this moment has not touched it yet.
            tries -= 1
            guard tries > 0 else {
                let holder = FileLock.holder(file)
                close(file)
                throw Failure(.software, Self.frozen(name, path, since: sign, holder))
            }
            usleep(100_000)
        }
        let lock = FileLock(descriptor: file)
        lock.sign()
        return lock
    }

    private static func frozen(_ name: String, _ path: String, since sign: Timestamp, _ holder: Int32?) -> String {
        let look =
            holder.map { "ps -fp \($0) shows it, kill -CONT \($0) lets it go on, kill -KILL \($0) ends it" }
            ?? "ps -fC carillon shows it, kill -KILL and its number end it"
        return "another carillon \(name) holds \(path) and has shown no life since \(sign.iso8601), so nobody looks after what is open; \(look)"
    }
}

extension CycleSettings {
    /// Longer than a holder of the monitor's lock may be without a sign: some of its rounds.
    package var monitorQuiet: TimeSpan { max(.minutes(5), monitorInterval * 5) }
    /// The same for a cycle: `run` signs once a round.
    package var cycleQuiet: TimeSpan { TimeSpan(milliseconds: interval.milliseconds + TimeSpan.minutes(10).milliseconds) }
}

/// An exclusive lock, released when the process ends or this is closed.
package struct FileLock: Sendable {
    private let descriptor: Int32
    fileprivate init(descriptor: Int32) { self.descriptor = descriptor }

    /// The holder's number, for whoever finds it standing still, and the first sign of life.
    fileprivate func sign() {
        let bytes = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, bytes, bytes.count, 0) }
        touch()
    }

    /// A sign of life.
    package func touch() { futimens(descriptor, nil) }

    package func release() { close(descriptor) }

    fileprivate static func lastSign(_ file: Int32) -> Timestamp? {
        var info = stat()
        guard fstat(file, &info) == 0 else { return nil }
        return Timestamp(milliseconds: Int64(info.st_mtim.tv_sec) * 1_000)
    }

    fileprivate static func holder(_ file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }
}
