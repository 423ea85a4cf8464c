// What kinds of messages there are, and which of them a phone announces.
public import Settings

/// What a message is about; it decides who goes first and who gives way.
public enum MessageKind: String, CaseIterable, Codable, Sendable {
    /// The hourly report: only the newest one is worth reading.
    case summary
    /// The hourly report with something wrong in it that nobody was told before.
    case urgentSummary
    case entry, exit
    /// A circuit breaker tripped or was reset.
    case breaker
    /// A person has to act.
    case critical
    case notice

    /// Smaller goes first.
    public var priority: Int {
        switch self {
        case .critical: 0
        case .breaker: 1
        case .summary, .urgentSummary, .entry, .exit, .notice: 2
        }
    }

    public var isSummary: Bool { self == .summary || self == .urgentSummary }

    /// Whether a phone makes a sound: for what begins with ■, and, if it is wanted, for purchases and sales.
    public func isHeard(_ sound: SoundSettings) -> Bool {
        switch self {
        case .critical, .breaker, .urgentSummary: true
        case .entry, .exit: sound.trades
        case .summary, .notice: false
        }
    }
}
