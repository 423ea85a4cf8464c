// The time of demos, rehearsals and the practice exchange: it moves only when it is told to.
public import Kernel
import Synchronization

/// Stands still until it is set; a sleep moves it on by its length and returns at once.
public final class VirtualClock: Clock {
    private let time: Mutex<Timestamp>
    public init(_ start: Timestamp) { time = Mutex(start) }
    public var now: Timestamp { time.withLock { $0 } }
    public var monotonic: TimeSpan { TimeSpan(milliseconds: now.milliseconds) }
    public func set(_ moment: Timestamp) { time.withLock { $0 = moment } }
    public func sleep(for duration: TimeSpan) async throws { time.withLock { $0 = $0 + duration } }
}
