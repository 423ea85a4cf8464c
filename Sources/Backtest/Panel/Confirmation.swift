// Entry signals that a recorded panel confirmed, and a count of those it did not.
import Analysis
public import Kernel
import Market

/// What the answers of a run came to.
public struct PanelTally: Hashable, Sendable {
    /// Where the answers are from, in words.
    public let source: String
    /// The least conviction that confirmed an entry.
    public let minimum: Ratio
    /// Answers that came too long after their hour and counted as none.
    public let late: Int
    /// Entry signals whose answer confirmed them.
    public internal(set) var agreed = 0
    /// Entry signals whose answer did not agree, or not with enough conviction.
    public internal(set) var refused = 0
    /// Entry signals without an answer; they bought nothing.
    public internal(set) var unanswered = 0
    /// Candles of the run with an answer, signal or not.
    public internal(set) var answeredCandles = 0
    /// Candles of the run.
    public internal(set) var candles = 0
    /// The hours of the first and the last of the answers about these candles; nil if there are none.
    public internal(set) var first: Timestamp?
    public internal(set) var last: Timestamp?
    /// The longest time from an hour to its answer.
    public internal(set) var delay = TimeSpan.seconds(0)

    public var answered: Int { agreed + refused }
    public var signals: Int { answered + unanswered }
}

struct Confirmation {
    private let panel: RecordedPanel
    private(set) var tally: PanelTally

    init(_ panel: RecordedPanel) {
        self.panel = panel
        tally = PanelTally(source: panel.source, minimum: panel.minimum, late: panel.late)
    }

    /// Of the rows at which an entry condition holds, those that the answer at their close confirmed.
    mutating func entries(_ mask: BitMask, over history: CandleHistory) -> BitMask {
        let table = MaskTable(masks: 1, rows: history.count), words = table.mutable(0), symbol = history.instrument.symbol
        var row = mask.next(from: 0)
        while row < history.count {
            if let answer = panel.answer(about: symbol, at: Self.close(history.openTime[row], history)) {
                if panel.confirms(answer) {
                    words[row >> 6] |= 1 << UInt64(row & 63)
                    tally.agreed += 1
                } else {
                    tally.refused += 1
                }
            } else {
                tally.unanswered += 1
            }
            row = mask.next(from: row + 1)
        }
        cover(history)
        return table.mask(0)
    }

    /// Counts the answers that are about a candle of this history. Both ascend.
    private mutating func cover(_ history: CandleHistory) {
        tally.candles += history.count
        var row = 0
        for answer in panel.answers(during: history) {
            while row < history.count, Self.close(history.openTime[row], history) < answer.hour { row += 1 }
            guard row < history.count, Self.close(history.openTime[row], history) == answer.hour else { continue }
            tally.answeredCandles += 1
            tally.first = min(tally.first ?? answer.hour, answer.hour)
            tally.last = max(tally.last ?? answer.hour, answer.hour)
            tally.delay = max(tally.delay, answer.delay)
        }
    }

    private static func close(_ openTime: Int64, _ history: CandleHistory) -> Timestamp {
        Timestamp(milliseconds: openTime) + history.timeframe.duration
    }
}
