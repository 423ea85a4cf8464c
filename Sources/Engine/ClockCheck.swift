// The first question of every step that writes: is our clock the venue's? If it is a minute off, the step goes by the
// venue's: exits are judged and moments are written down by the time that prices have, and nothing is bought (58).
import Analysis
import Kernel
public import Market
public import Ports

public struct ClockCheck: Sendable {
    let venue: String
    let measure: (@Sendable () async throws(FeedError) -> VenueClock)?
    let fetching: any Fetching

    /// - Parameter measure: asks the venue; nil if prices are made for whatever time is asked for.
    public init(venue: String, measure: (@Sendable () async throws(FeedError) -> VenueClock)?, fetching: any Fetching) {
        self.venue = venue
        self.measure = measure
        self.fetching = fetching
    }

    public init(_ parts: Parts) { self.init(venue: parts.market.name, measure: parts.venueClock, fetching: parts.fetching) }

    /// The clock as it is, nil if the venue tells no time.
    public func reading() async -> VenueClock? {
        guard let measure else { return nil }
        let asked = await fetching.fetchAll([Source("\(venue) clock", required: false) { () throws(FeedError) in SourceValue(try await measure()) }])
        return asked.first?.value
    }
}
