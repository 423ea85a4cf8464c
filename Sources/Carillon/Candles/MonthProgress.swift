// How a backfill tells how far it is: a line drawn over again with the time left on a terminal, a line a month
// elsewhere.
import CandleStore
import Domain
import Messaging
import Ports

struct MonthProgress {
    private let line = ProgressLine()
    private let clock: any Clock
    private let began: Duration

    init(_ clock: any Clock) {
        self.clock = clock
        began = clock.monotonic
    }

    func show(_ step: Backfill.Step, _ timeframe: Timeframe, _ done: Int, _ all: Int, isQuiet: Bool) {
        let text = Self.words(step, timeframe)
        if Terminal.isInteractive {
            line.draw("\(done)/\(all) months  \(Format.progress(done, of: all))  \(left(done, all)) · \(text)")
        } else if !isQuiet {
            Terminal.out(text)
        }
    }

    func clear() { line.clear() }

    /// From the time the months took so far.
    private func left(_ done: Int, _ all: Int) -> String {
        let spent = clock.monotonic.milliseconds - began.milliseconds
        let seconds = spent * Int64(all - done) / Int64(max(1, done)) / 1_000
        return seconds < 90 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }

    private static func words(_ step: Backfill.Step, _ timeframe: Timeframe) -> String {
        switch step {
        case .committed(let job, let candles, let missing):
            "\(job.symbol) \(timeframe.rawValue) \(job.month): \(CandleWords.count(candles, "candle"))" + (missing > 0 ? ", \(CandleWords.grouped(missing)) missing at the exchange" : "")
        case .alreadyThere(let job): "\(job.symbol) \(timeframe.rawValue) \(job.month): complete"
        case .empty(let job): "\(job.symbol) \(timeframe.rawValue) \(job.month): no candles at the exchange"
        case .failed(let failure): "\(failure.job.symbol) \(timeframe.rawValue) \(failure.job.month): \(failure.reason)"
        }
    }
}
