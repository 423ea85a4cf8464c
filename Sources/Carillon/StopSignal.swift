// A wish that a long-running command ends.
import Glibc

/// Set by SIGTERM or SIGINT.
final class StopSignal: Sendable {
    init() {
        signal(SIGTERM) { _ in stopRequested = 1 }
        signal(SIGINT) { _ in stopRequested = 1 }
    }
    var isSet: Bool { stopRequested != 0 }
    func set() { stopRequested = 1 }
}

nonisolated(unsafe) private var stopRequested: sig_atomic_t = 0
