// How an optimiser tells how far it is: a line drawn over again with the time left on a terminal; elsewhere only
// that it goes on where it was.
import Application
import Kernel
import Messaging
import Synchronization

final class TrialProgress: TrialWatch {
    private struct State {
        var ran = 0
        var resumed = 0
        var drawn: TimeSpan
    }
    private let all: Int
    private let line = ProgressLine()
    private let clock = SystemClock()
    private let began: TimeSpan
    private let state: Mutex<State>

    init(_ all: Int) {
        self.all = all
        began = clock.monotonic
        state = Mutex(State(drawn: clock.monotonic))
    }

    /// Trials were run.
    func ran(_ count: Int) {
        state.withLock { state in
            state.ran += count
            guard Terminal.isInteractive, clock.monotonic.milliseconds - state.drawn.milliseconds > 200 else { return }
            state.drawn = clock.monotonic
            let done = state.ran + state.resumed, before = state.resumed > 0 ? " · \(state.resumed) on record before" : ""
            line.draw("\(done)/\(all) trials  \(Format.progress(done, of: all))  \(left(state))\(before)")
        }
    }

    /// Trials were found on record.
    func resumed(_ count: Int) {
        state.withLock { $0.resumed += count }
    }

    /// Clears the line, and says how many trials were on record.
    func end() {
        line.clear()
        let (ran, resumed) = state.withLock { ($0.ran, $0.resumed) }
        if resumed > 0 { Terminal.error("\(resumed) trials were on record, \(ran) were run") }
    }

    /// The time left, by the time the trials took so far.
    private func left(_ state: State) -> String {
        let spent = clock.monotonic.milliseconds - began.milliseconds
        let seconds = spent * Int64(max(0, all - state.ran - state.resumed)) / Int64(max(1, state.ran)) / 1_000
        return seconds < 90 ? "\(seconds) s left" : "\((seconds + 30) / 60) min left"
    }
}
