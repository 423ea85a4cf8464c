// How often this very ladder would have ended each way on the instrument's own recent candles: the base
// rate that an opinion may only tilt. In-candle order is that of the fills (rules.md): a gap fills at the
// open, then the stop, then targets; floors rise at a candle's close and act from the next.
public import Market

/// First-passage frequencies of a ladder, one start a candle.
public struct FirstPassage: Hashable, Codable, Sendable {
    public static let window = 200
    /// The weight of the driftless odds, in trades.
    public static let priorWeight = 20.0

    /// Entries tried: at the close of each candle of the window but the last.
    public let starts: Int
    /// Those that reached an end inside the window, by outcome: stop, one rung then out, ..., all.
    public let counts: [Int]
    /// Shares of all starts by outcome. What the window cut off is completed without drift from where it
    /// stood, so that quick ends do not count more than slow ones.
    public let frequencies: [Double]
    /// How many such trades fit one after another into the window: overlapping starts are not evidence
    /// of their own.
    public let independent: Int
    /// The frequencies, weighted by `independent`, drawn towards the driftless odds: never 0, never 1.
    public let rates: [Double]

    /// Hourly candles in ascending time; entries at the closes of the last `window` of them.
    public init(_ columns: CandleColumns, ladder: LadderTerms, window: Int = window) {
        let first = max(0, columns.count - max(0, window)), last = columns.count - 1
        var counts = [Int](repeating: 0, count: ladder.outcomes)
        var sums = [Double](repeating: 0, count: ladder.outcomes)
        var independent = 0, free = first
        for start in first..<max(first, last) {
            let walk = LadderWalk(columns, from: start, ladder)
            if let end = walk.end {
                counts[walk.rungs] += 1
                sums[walk.rungs] += 1
                if start >= free { (independent, free) = (independent + 1, end) }
            } else {
                let rest = ladder.driftless(from: walk.level, rungs: walk.rungs, floor: walk.floor)
                for outcome in rest.indices { sums[outcome] += rest[outcome] }
                // A trade that outlasts the window leaves no room for another after it.
                if start >= free { free = last }
            }
        }
        let starts = max(0, last - first), driftless = ladder.driftlessProbabilities
        let frequencies = starts == 0 ? driftless : sums.map { $0 / Double(starts) }
        let weight = Double(independent)
        rates = zip(frequencies, driftless).map { (weight * $0 + Self.priorWeight * $1) / (weight + Self.priorWeight) }
        self.starts = starts
        self.counts = counts
        self.frequencies = frequencies
        self.independent = independent
    }
}

/// One imagined trade along the candles after its entry.
struct LadderWalk {
    /// The candle that ended it; nil if the candles ended first.
    private(set) var end: Int?
    /// Targets reached before the end, which is also the outcome's number.
    private(set) var rungs = 0
    /// Where price and exit stood at the last candle seen, as shares of the entry price.
    private(set) var level = 0.0
    private(set) var floor: Double

    /// Enters at the close of candle `start`; exits look only at later candles.
    init(_ columns: CandleColumns, from start: Int, _ ladder: LadderTerms) {
        let entry = columns.close[start]
        var highest = 0.0, exit = entry * (1 + ladder.stop)
        var next = entry * (1 + ladder.targets[0])
        floor = ladder.stop
        for row in (start + 1)..<max(start + 1, columns.count) {
            let open = columns.open[row], high = columns.high[row]
            highest = max(highest, high)
            // Most candles touch nothing.
            if columns.low[row] > exit, high < next, rungs == 0 { continue }
            if open <= exit { end = row; return }
            if open >= next { climb(to: open, entry, ladder, &next) }
            if rungs == ladder.targets.count || columns.low[row] <= exit { end = row; return }
            if high >= next { climb(to: high, entry, ladder, &next) }
            if rungs == ladder.targets.count { end = row; return }
            if rungs > 0 {
                exit = max(exit, entry * (1 + ladder.floors[rungs]))
                if let offset = ladder.trailingOffset { exit = max(exit, highest * (1 - offset)) }
            }
        }
        level = columns.close[columns.count - 1] / entry - 1
        floor = exit / entry - 1
    }

    /// Fills every target at or below a price.
    private mutating func climb(to price: Double, _ entry: Double, _ ladder: LadderTerms, _ next: inout Double) {
        while rungs < ladder.targets.count, price >= next {
            rungs += 1
            if rungs < ladder.targets.count { next = entry * (1 + ladder.targets[rungs]) }
        }
    }
}
