// The catalogue of what a prompt may show. Nothing else exists: no balance, no key, no account id can be
// named in a template, because no variable holds one.

public enum PromptVariable: String, Sendable, CaseIterable {
    // Values of our own making, written as plain text.
    case time, quote, count, symbol, maximumPicks
    case feePercent, slippagePercent, roundTripPercent, stopPercent, targetsPercent, horizonHours
    case hasNews, hasSentiment
    // Data blocks (see DataBlock).
    case instruments, instrument, candles, news, sentiment

    /// Whether it is written as a data block.
    public var isData: Bool {
        switch self {
        case .instruments, .instrument, .candles, .news, .sentiment: true
        default: false
        }
    }

    /// Whether a prompt that asks this may use it.
    public func isKnown(to asks: Prompt.Asks) -> Bool {
        switch self {
        case .symbol, .instrument, .candles: asks == .decision
        case .instruments, .count, .maximumPicks: asks == .shortlist
        default: true
        }
    }
}
