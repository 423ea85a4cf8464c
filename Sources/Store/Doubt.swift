// What stands beside the chain and contradicts it. The chain itself is whole if there is a doubt; if it is not,
// there is an error instead.

public struct Doubt: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// The stored account: it was folded anew, and the next commit writes it.
        case book
        /// How far the chain was verified.
        case checkpoint
        /// The journal went on further, or otherwise, than it does now: entries are lost.
        case history
        /// The file beside the journal that names its head.
        case anchor
    }
    public let kind: Kind
    /// What is wrong and what can be done, in words for people.
    public let description: String

    static func book(_ what: String) -> Doubt {
        Doubt(
            kind: .book,
            description: "\(what); it was made anew from the journal's entries, which are whole: look at the disk, and at who may write here")
    }

    static let checkpoint = Doubt(
        kind: .checkpoint,
        description: "the mark of what was verified was changed; every entry was verified anew and is whole: "
            + "look at the disk, and at who may write here")

    /// - Parameter witness: who knows of entry `sequence`, which the journal no longer has, or no longer has as it was.
    static func history(_ witness: String, _ sequence: Int64, head: Int64) -> Doubt {
        let lost =
            sequence > head
            ? "entry \(sequence), the journal ends at \(head): its last entries were cut off"
            : "another entry \(sequence) than the journal has: it was replaced by another or an older one"
        return Doubt(
            kind: .history,
            description: "\(witness) knows of \(lost); restore the newest backup, or "
                + (head > 0 ? "go on without them: carillon journal rebuild" : "begin anew in another --home"))
    }

    static func anchor(_ path: String) -> Doubt {
        Doubt(kind: .anchor, description: "\(path) cannot be read, so a cut journal would not be noticed; the next cycle writes it anew")
    }

    /// Whether trading must stop for a person to look.
    public var isSerious: Bool { kind != .anchor }
}
