// The first question of every start: is our clock the venue's? With one that is a minute off, hours would be
// journaled that are not, and never come again; so nothing is done and nothing is written (58).
import Domain
import Ports

public struct ClockCheck: Sendable {
    let venue: String
    let measure: (@Sendable () async throws(FeedError) -> VenueClock)?
    let fetching: any Fetching

    /// - Parameter measure: asks the venue; nil where prices come with the time that asks.
    public init(venue: String, measure: (@Sendable () async throws(FeedError) -> VenueClock)?, fetching: any Fetching) {
        self.venue = venue
        self.measure = measure
        self.fetching = fetching
    }

    public init(_ parts: Parts) { self.init(venue: parts.market.name, measure: parts.venueClock, fetching: parts.fetching) }

    /// Throws where the clock is more than 60 s off. A venue that tells no time now is no reason to stop: without it
    /// there are no prices either, and the step says so.
    public func refuseWhereWrong() async throws(EngineError) { _ = try await reading() }

    /// The clock as it is, nil where the venue tells no time; throws as `refuseWhereWrong`.
    func reading() async throws(EngineError) -> VenueClock? {
        guard let measure else { return nil }
        let asked = await fetching.fetchAll([Source("\(venue) clock", required: false) { () throws(FeedError) in Reading(try await measure()) }])
        if let clock = asked.first?.value, clock.verdict == .refuseStart { throw .clock(clock) }
        return asked.first?.value
    }
}

extension MarketSnapshot {
    /// The clock as it was measured for this picture; nil where the venue tells no time.
    var clock: VenueClock? {
        clockOffset.map { VenueClock(offset: Duration(milliseconds: $0), roundTrip: Duration(milliseconds: 0), measuredAt: asOf) }
    }
}

extension VenueClock {
    /// `our clock is 3.4 s behind the venue's`.
    public var words: String {
        let tenths = (offset.milliseconds.magnitude + 50) / 100
        return "our clock is \(tenths / 10).\(tenths % 10) s \(offset.milliseconds > 0 ? "behind" : "ahead of") the venue's"
    }
}
