// Where messages to the person go. Delivery state lives in the outbox, not here.
public import Events
public import Kernel

/// What became of one delivery attempt.
public enum DeliveryResult: Hashable, Sendable {
    case delivered(remoteId: String?)
    /// Not now: try again after so long.
    case retry(after: TimeSpan, why: String)
    /// The channel said no. `permanent`: this text will never be taken; otherwise the address or the key is
    /// refused, and a person may put that right.
    case rejected(why: String, permanent: Bool)
}

public protocol Notifier: Sendable {
    var name: String { get }
    /// - Parameter silently: without a sound, if the channel has any.
    func deliver(_ text: MessageText, silently: Bool) async -> DeliveryResult
}

extension Notifier {
    public func deliver(_ text: MessageText) async -> DeliveryResult { await deliver(text, silently: false) }
}
