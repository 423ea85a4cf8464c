// One process of the program: started with nothing of ours (its own environment, folder and files), its
// words kept in files, its end waited for with a hard limit. A child that outstays it is killed and fails.
public import Foundation
import Glibc

/// How a process ended and what it said.
public struct Ended: Sendable {
    public enum Way: Hashable, Sendable {
        case exit(Int32)
        case signal(Int32)
        /// Killed by this harness, because it did not end by itself.
        case timedOut
    }
    public let way: Way
    public let out: String
    public let error: String

    public var firstError: String { error.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? "" }
    public var everything: String { out + error }
}

/// A running process. Dies with `kill` or at the end of `wait`.
public final class Child: @unchecked Sendable {
    public let pid: pid_t
    /// Readable, at its end, when the process has ended: only the child holds the other side.
    private let ending: Int32
    private let output: String

    public struct NotStarted: Error {
        public let reason: String
        public init(reason: String) { self.reason = reason }
    }

    /// - Parameter output: a path; `.out` and `.err` are added to it.
    public init(_ arguments: [String], environment: [String: String], folder: String, output: String) throws {
        // One at a time, so that no child is born with another's pipe.
        Self.starting.lock()
        defer { Self.starting.unlock() }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw NotStarted(reason: "pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output + ".out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, output + ".err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
        for file in Self.openFiles where file > 3 { posix_spawn_file_actions_addclose(&actions, file) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let command = ["/usr/bin/env", "-C", folder] + arguments
        var texts = command.map { strdup($0) } + [nil]
        var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in texts + variables { free(text) } }
        var started = pid_t()
        let failure = posix_spawn(&started, command[0], &actions, &attributes, &texts, &variables)
        guard failure == 0 else {
            close(ends[0])
            throw NotStarted(reason: String(cString: strerror(failure)))
        }
        pid = started
        ending = ends[0]
        self.output = output
    }

    private static let starting = NSLock()

    private static var openFiles: [Int32] {
        guard let directory = opendir("/proc/self/fd") else { return [] }
        defer { closedir(directory) }
        var found: [Int32] = []
        while let entry = readdir(directory) {
            if let file = Int32(withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }) {
                found.append(file)
            }
        }
        return found
    }

    public func signal(_ number: Int32) { kill(pid, number) }

    /// True as soon as it has ended, false after `milliseconds`.
    public func ends(within milliseconds: Int) -> Bool {
        var descriptor = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, Int32(milliseconds)) != 0
    }

    /// Waits for the end; kills after `seconds`. To be called once.
    public func wait(seconds: Int) -> Ended {
        let inTime = ends(within: seconds * 1_000)
        if !inTime { signal(SIGKILL) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        close(ending)
        let way: Ended.Way = !inTime ? .timedOut : status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
        return Ended(way: way, out: Files.text(output + ".out"), error: Files.text(output + ".err"))
    }
}
