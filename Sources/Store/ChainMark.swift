// An entry and the beginning of its hash, short enough to stand in a message and a log, and long enough that no other
// history has it: whoever keeps one can tell later whether the journal still has that entry.
import Foundation
import GRDB

public struct ChainMark: Hashable, Sendable, CustomStringConvertible {
    public let sequence: Int64
    /// Hexadecimal.
    public let hash: String
    private static let digits = 16

    /// nil if there is no entry.
    init?(_ head: (sequence: Int64, hash: Data)) {
        guard head.sequence > 0 else { return nil }
        sequence = head.sequence
        hash = String(Chain.hex(head.hash).prefix(Self.digits))
    }

    /// Reads the form in which it is shown, e.g. `4711:da3f331409955608`; nil for other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0, (Self.digits...64).contains(parts[1].count),
            parts[1].allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        self.sequence = sequence
        hash = parts[1].lowercased()
    }

    public var description: String { "\(sequence):\(hash)" }

    /// How it contradicts a chain; nil if they agree.
    func doubt(_ db: Database, head: Int64) throws -> Doubt? {
        let kept = try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence])
        return kept.map(Chain.hex)?.hasPrefix(hash) == true ? nil : .history("the mark \(self)", sequence, head: head)
    }
}
