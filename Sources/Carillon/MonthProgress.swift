// How a backfill tells how far it is: a line drawn over again with the time left on a terminal, a line a month
// elsewhere.
import Application
import CandleStore
import Kernel
import Market
import Messaging
import Ports
import Screens

struct MonthProgress {
    private let line = ProgressLine()
    private let clock: any Clock
    private let began: TimeSpan

    init(_ clock: any Clock) {
        self.clock = clock
        began = clock.monotonic
    }

    func show(_ step: Backfill.Step, _ timeframe: Timeframe, _ done: Int, _ all: Int, isQuiet: Bool) {
        let text = BackfillScreen.words(step, timeframe)
        if Terminal.isInteractive {
            line.draw("\(done)/\(all) months  \(Format.progress(done, of: all))  \(left(done, all)) · \(text)")
        } else if !isQuiet {
            Terminal.out(text)
        }
    }

    func clear() { line.clear() }

    /// The time left, by the time the months took so far.
    private func left(_ done: Int, _ all: Int) -> String {
        let spent = clock.monotonic.milliseconds - began.milliseconds
        let seconds = spent * Int64(all - done) / Int64(max(1, done)) / 1_000
        return seconds < 90 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }
}
