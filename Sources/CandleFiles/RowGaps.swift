// Rows that open off their interval's grid or were cut short: an outage of the venue leaves such ones in its own
// archives. Nobody can trade by them, but they say nothing of the rows round them: each is a gap, counted and reported.

public struct RowGaps: Hashable, Sendable, CustomStringConvertible {
    public let count: Int
    /// The first of them, with its line.
    public let first: FileFault

    public init(count: Int, first: FileFault) {
        self.count = count
        self.first = first
    }

    public var description: String {
        "\(first.file): \(count == 1 ? "a row is a gap" : "\(count) rows are gaps, the first") in line \(first.line ?? 0): \(first.reason)"
    }

    /// One more.
    func oneMore() -> RowGaps { RowGaps(count: count + 1, first: first) }

    /// Why these are no outage but a file of another interval; nil if most rows are sound.
    func refusal(sound: Int) -> FileFault? {
        if sound == 0, count == 1 { return first }
        guard count >= sound else { return nil }
        return FileFault(
            file: first.file, line: first.line, "\(first.reason); \(count) of \(count + sound) rows are so: these are no candles of this interval")
    }
}
