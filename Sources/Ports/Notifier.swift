// Where messages to the person go. Delivery state lives in the outbox, not here.
import Domain

/// What became of one delivery attempt.
public enum DeliveryResult: Hashable, Sendable {
    case delivered(remoteId: String?)
    /// Not now: try again after so long.
    case retry(after: Duration, why: String)
    /// Never: this text or destination will not be taken.
    case rejected(why: String)
}

/// A text for a person. `html` uses only b, i, code, pre; `plain` says the same without markup.
public struct MessageText: Hashable, Codable, Sendable {
    public var html: String
    public var plain: String
    public init(html: String, plain: String) {
        self.html = html
        self.plain = plain
    }
}

public protocol Notifier: Sendable {
    var name: String { get }
    func deliver(_ text: MessageText) async -> DeliveryResult
}
