// Why an instrument did not go on to the gate, as a value.
import Kernel
public import Market

public enum KeptOut: Hashable, Codable, Sendable {
    /// The analyst that makes the shortlist made none that counts.
    case noShortlist(ShortlistFault)
    case notShortlisted
    case tooFew(agree: Int, needed: Int, oppose: Int)
    /// By this guard; the verdict has its reason.
    case vetoed(by: String)
    /// Agreed on, and others were better.
    case ranked(Int, top: Int)
}

public enum ShortlistFault: Hashable, Codable, Sendable {
    case notOffered(Symbol)
    /// With the reason of that abstention.
    case abstained(why: String)
}
