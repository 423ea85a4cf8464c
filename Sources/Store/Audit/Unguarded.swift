// A time in which nobody acted on a position's stop, and whether that is still wrong or a fact of the past. What is
// past cannot be mended: it is reported, and is a fault only while it is a day old or less and nothing explains it.
public import Events
public import Kernel

extension JournalAudit {
    public struct Unguarded: Hashable, Sendable {
        public enum Form: String, Sendable {
            /// A part of the position had no armed stop.
            case noStop
            /// An exit was ordered more than a minute after it was due.
            case lateExit
        }
        public enum Cause: Hashable, Sendable {
            /// It still lasts when the journal ends.
            case lasts
            /// Neither a cycle nor a minute wrote anything meanwhile.
            case nobodyAtWork
            /// A trouble that was known and reported at the time.
            case trouble(TroubleKind)
            /// The program was at work, and nothing says why.
            case unexplained
        }
        public let trade: String
        /// nil if no order named a pair.
        public let symbol: String?
        public let form: Form
        public let from: Timestamp
        public let to: Timestamp
        public let cause: Cause

        public var length: TimeSpan { to - from }

        /// Whether something has to be done about it, or at least looked at.
        public func isFault(at now: Timestamp) -> Bool {
            switch cause {
            case .lasts: true
            case .unexplained: now - to < .days(1)
            case .nobodyAtWork, .trouble: false
            }
        }
    }
}

extension JournalAudit.Result {
    /// The unguarded times that are wrong now.
    public func faults(at now: Timestamp) -> [JournalAudit.Unguarded] { unguarded.filter { $0.isFault(at: moment(now)) } }
    /// The other unguarded times: facts of the past.
    public func past(at now: Timestamp) -> [JournalAudit.Unguarded] { unguarded.filter { !$0.isFault(at: moment(now)) } }

    /// Whether nothing is wrong now, whatever was wrong before.
    public func isSound(at now: Timestamp) -> Bool { ledgerImbalance.isZero && faults(at: now).isEmpty }

    /// A demo's time ends with its last entry.
    private func moment(_ now: Timestamp) -> Timestamp { isVirtual ? end ?? now : now }
}
