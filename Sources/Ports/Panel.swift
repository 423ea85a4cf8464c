// The picture of the market and the analysts who are asked about it, as the cycle sees them.
public import Analysis
public import Kernel
public import Market
public import Trading

/// Takes the picture of the market. The live one fetches many sources side by side.
public protocol MarketObserver: Sendable {
    /// `held` are instruments to be priced whether or not they pass the filters.
    func observe(at time: Timestamp, held: [Symbol]) async throws(FeedError) -> MarketSnapshot
}

/// The analysts, asked together.
public protocol Panel: Sendable {
    var seats: [PanelSeat] { get }
    /// Which analysts these are, for the evidence kept per panel and for the report, e.g. `indicators`.
    var name: String { get }
    /// An opinion or an abstention of every analyst that was asked, in a fixed order. Never throws:
    /// what fails is an abstention.
    func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion]
}

/// News and mood around the market. Every part of it is optional: what is lost is named.
public protocol ContextSource: Sendable {
    func read(at time: Timestamp) async -> (reports: [SourceReport], news: [NewsHeadline], sentiment: Int?)
}
