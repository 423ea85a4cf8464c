// Smaller things of an hour that are worth a line, as values.
public import Kernel
public import Market

public enum HourNote: Hashable, Codable, Sendable {
    public struct Faulty: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let fault: PriceFault

        public init(symbol: Symbol, fault: PriceFault) {
            self.symbol = symbol
            self.fault = fault
        }
    }
    public struct Unasked: Hashable, Codable, Sendable {
        public let source: String
        public let why: String

        public init(source: String, why: String) {
            self.source = source
            self.why = why
        }
    }
    /// How many instruments a filter was the first to take out.
    public struct Step: Hashable, Codable, Sendable {
        public let filter: UniverseFilter
        public let isUnknown: Bool
        public let count: Int

        public init(filter: UniverseFilter, isUnknown: Bool, count: Int) {
            self.filter = filter
            self.isUnknown = isUnknown
            self.count = count
        }
    }
    /// Kept out for their prices: the first few, and how many there are.
    case keptOut([Faulty], of: Int)
    case unasked([Unasked])
    case drifting(offset: TimeSpan)
    /// With what the required source said of itself.
    case nothingOffered(listed: Int, steps: [Step], market: String)
    /// What a strategy could not judge when its candles closed last.
    case unjudged(strategy: String, symbol: Symbol, others: Int, why: String)
    case abstained(analyst: String, count: Int, why: String)
    /// The journal's newest entry before this hour was closed.
    case journalMark(String)
}
