// What a callback was told, in order.
import Kernel
import Synchronization

final class Told: Sendable {
    private let moments = Mutex<[Timestamp]>([])
    var kept: [Timestamp] { moments.withLock { $0 } }
    func keep(_ moment: Timestamp) { moments.withLock { $0.append(moment) } }
}
