// Our clock against the venue's: measured from the midpoint of a round trip, judged by three limits
// (faults 56 and 58). What the verdict means is the caller's: warn, stop sending, refuse to start.
public import Kernel

/// How far our wall clock is from the venue's.
public struct VenueClock: Hashable, Codable, Sendable {
    /// Venue time minus our time; add it to our clock to get the venue's.
    public let offset: TimeSpan
    /// The offset is known to within half of this.
    public let roundTrip: TimeSpan
    public let measuredAt: Timestamp

    public init(offset: TimeSpan, roundTrip: TimeSpan, measuredAt: Timestamp) {
        self.offset = offset
        self.roundTrip = roundTrip
        self.measuredAt = measuredAt
    }

    /// From one question for the time: sent at `sentAt` by our clock, answered after `roundTrip` by the
    /// monotonic clock, so that a step of the wall clock in between does no harm.
    public init(sentAt: Timestamp, roundTrip: TimeSpan, venueTime: Timestamp) {
        let middle = sentAt + TimeSpan(milliseconds: roundTrip.milliseconds / 2)
        self.init(offset: venueTime - middle, roundTrip: roundTrip, measuredAt: sentAt)
    }

    public enum Verdict: String, Codable, Sendable, Comparable {
        /// At most half a second apart.
        case fine
        /// More than 500 ms: say so.
        case warn
        /// More than 2 s: send nothing.
        case haltSends
        /// More than 60 s: do not start; every time-stamped fact would be wrong.
        case refuseStart

        private var rank: Int {
            switch self {
            case .fine: 0
            case .warn: 1
            case .haltSends: 2
            case .refuseStart: 3
            }
        }
        public static func < (a: Verdict, b: Verdict) -> Bool { a.rank < b.rank }
    }

    /// Beyond it nothing new is bought.
    public static let sendLimit = TimeSpan.seconds(2)

    public var verdict: Verdict {
        switch offset.milliseconds.magnitude {
        case 0...500: .fine
        case 501...2_000: .warn
        case 2_001...60_000: .haltSends
        default: .refuseStart
        }
    }

    /// Our moment by the venue's clock.
    public func venueTime(at ours: Timestamp) -> Timestamp { ours + offset }
}
