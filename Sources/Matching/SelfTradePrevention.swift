// What happens if an order meets one of the same account: the mode of the later order, the taker, decides.

public enum SelfTradePrevention: String, Sendable, CaseIterable {
    /// They trade.
    case none = "NONE"
    /// What is left of the later order expires.
    case expireTaker = "EXPIRE_TAKER"
    /// What is left of the resting order expires and matching goes on behind it.
    case expireMaker = "EXPIRE_MAKER"
    case expireBoth = "EXPIRE_BOTH"

    var expiresMaker: Bool { self == .expireMaker || self == .expireBoth }
    var expiresTaker: Bool { self == .expireTaker || self == .expireBoth }
}
