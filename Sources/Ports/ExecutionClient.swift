// Where the engine's orders go, on paper or to a venue. An answer is one of few: what happened, or that nobody knows.
public import Trading

/// What a venue says of one order.
public enum ExecutionReport: Hashable, Sendable {
    /// Alive on the venue, nothing filled yet.
    case accepted
    case filled(Fill)
    case rejected(String)
    /// No such order on the venue, asked when the request could no longer be accepted.
    case absent
    /// The answer was lost or makes no sense: ask again later, never send again.
    case unknown(String)
}

public protocol ExecutionClient: Sendable {
    var venue: String { get }
    /// Sends an order that the journal has announced.
    func submit(_ order: Order) async -> ExecutionReport
    /// Asks what became of an order, by its client order id. Changes nothing.
    func query(_ order: Order) async -> ExecutionReport
}
