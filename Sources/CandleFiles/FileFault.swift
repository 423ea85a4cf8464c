// What is wrong with a file, said so that a person finds the place: `BTCUSDT-1h.csv.gz:812: high below low`.
import Kernel
import Market
import Ports

/// A candle file that cannot be used, or a part of one. `file` is a name without its folder.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1, the header being line 1; nil if the fault is not in one line.
    public let line: Int?
    public let reason: String

    public init(file: String, line: Int? = nil, _ reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    /// A file said to hold finer candles than it does.
    /// - Parameters:
    ///   - step: the interval it is said to hold, in milliseconds.
    ///   - closest: the smallest distance of two of its rows.
    init(file: String, coarserThan step: Int64, closest: Int64) {
        func words(_ time: Int64) -> String {
            Timeframe.allCases.first { $0.duration.milliseconds == time }?.rawValue ?? (time % 60_000 == 0 ? "\(time / 60_000)m" : "\(time) ms")
        }
        self.init(file: file, "these are no \(words(step)) candles: its rows are \(words(closest)) or more apart")
    }

    public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }

    func feedError(_ kind: FeedError.Kind = .malformed) -> FeedError { FeedError(kind, source: "candle files", description) }
}
