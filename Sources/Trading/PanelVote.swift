// How one voter of the panel stood when a position was opened.
public import Kernel

/// Whether a voter agreed with the purchase, and how strongly; `conviction` is nil if it abstained.
public struct PanelVote: Hashable, Codable, Sendable {
    public let analyst: String
    public let agrees: Bool
    public let conviction: Ratio?

    public init(analyst: String, agrees: Bool, conviction: Ratio?) {
        self.analyst = analyst
        self.agrees = agrees
        self.conviction = conviction
    }
}
