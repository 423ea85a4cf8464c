// A panel's answers of the past, found by pair and hour. Promise: an answer counts at its own hour alone, so that
// none can be known before it was given.
public import Analysis
public import Kernel
public import Market

public struct RecordedPanel: Sendable {
    /// Where the answers are from, in words.
    public let source: String
    /// The least conviction that confirms an entry.
    public let minimum: Ratio
    /// Answers that came too long after their hour, or before it, and count as none.
    public let late: Int
    /// Of each pair, ascending by hour, one an hour.
    private var answers: [Symbol: ArraySlice<RecordedAnswer>]

    /// - Parameter answers: in any order, of a pair at most one an hour.
    public init(_ answers: [RecordedAnswer], minimum: Ratio, source: String) {
        self.source = source
        self.minimum = minimum
        let timely = answers.filter { $0.delay >= .seconds(0) && $0.delay <= RecordedAnswer.longestDelay }
        late = answers.count - timely.count
        self.answers = Dictionary(grouping: timely, by: \.symbol).mapValues { $0.sorted { $0.hour < $1.hour }[...] }
    }

    /// Those about one history's pair that had been given when its last candle closed, and after its first opened.
    func answers(during history: CandleHistory) -> ArraySlice<RecordedAnswer> {
        guard let all = answers[history.instrument.symbol], let first = history.openTime.first, let last = history.openTime.last else { return [] }
        let end = last + history.timeframe.duration.milliseconds
        return all[all.place { $0.hour.milliseconds > first }..<all.place { $0.hour.milliseconds > end }]
    }

    /// What was known when a history's last candle closed: what comes after is not there.
    func during(_ history: CandleHistory) -> RecordedPanel {
        var part = self
        part.answers = [history.instrument.symbol: answers(during: history)]
        return part
    }

    /// What was said of a pair at a close; nil if nobody was asked.
    func answer(about symbol: Symbol, at close: Timestamp) -> RecordedAnswer? {
        guard let all = answers[symbol] else { return nil }
        let place = all.place { $0.hour >= close }
        return place < all.endIndex && all[place].hour == close ? all[place] : nil
    }

    /// All answers that a run over these histories can go by, a line each: what tells two records apart.
    public func text(over histories: [CandleHistory]) -> String {
        histories.flatMap { answers(during: $0) }.map { "\($0.symbol) \($0.hour.milliseconds) \(confirms($0))\n" }.joined()
    }

    func confirms(_ answer: RecordedAnswer) -> Bool { answer.agreed && answer.conviction >= minimum }
}

extension ArraySlice<RecordedAnswer> {
    /// The first place from which on `isPast` holds; their end if it never does.
    fileprivate func place(_ isPast: (RecordedAnswer) -> Bool) -> Int {
        var low = startIndex, high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isPast(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
