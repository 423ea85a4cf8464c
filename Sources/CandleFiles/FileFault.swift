// What is wrong with a file, said so that a person finds the place: `BTCUSDT-1h.csv.gz:812: high below low`.
import Domain
import Ports

/// A candle file that cannot be used, or a part of one. `file` is a name without its folder.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1, the header being line 1; nil where the fault is no line's.
    public let line: Int?
    public let reason: String

    public init(file: String, line: Int? = nil, _ reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }

    func feedError(_ kind: FeedError.Kind = .malformed) -> FeedError { FeedError(kind, source: "candle files", description) }
}
