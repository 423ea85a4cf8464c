// What ends a step early. One switch says how bad each case is.
public import Ports

public enum EngineError: Error, Sendable {
    case journal(JournalError)
    /// A required source gave nothing: no entries this hour, exits go on by what prices there are.
    case noMarket(FeedError)
    /// Neither our clock nor anybody else's says what time it is: nothing can be judged (58).
    case clock(String)

    public enum Severity: String, Codable, Sendable { case info, warning, critical }

    public var severity: Severity {
        switch self {
        case .journal(.locked), .noMarket, .clock: .warning
        case .journal: .critical
        }
    }
}
