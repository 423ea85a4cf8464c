// A clock that goes on from a believed moment by what the machine counts: a wall clock that is wrong, or set right
// in the middle of a step, does not move it.
public import Kernel
public import Ports

public struct AnchoredClock: Clock {
    private let base: any Clock
    private let anchor: Timestamp
    private let started: TimeSpan

    public init(_ base: any Clock, at anchor: Timestamp) {
        self.base = base
        self.anchor = anchor
        started = base.monotonic
    }

    public var now: Timestamp { anchor + TimeSpan(milliseconds: base.monotonic.milliseconds - started.milliseconds) }
    public var monotonic: TimeSpan { base.monotonic }
    public func sleep(for duration: TimeSpan) async throws { try await base.sleep(for: duration) }
}
