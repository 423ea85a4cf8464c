// Counts trials in memory; knows those it was made with.
import Backtest
import Strategies
import Synchronization

final class FakeCount: TrialCounting {
    private let known: [String: TrialOutcome]
    private let state = Mutex((finished: [String: TrialOutcome](), resumed: 0))
    var finished: [String: TrialOutcome] { state.withLock { $0.finished } }
    var resumedCount: Int { state.withLock { $0.resumed } }

    init(_ known: [String: TrialOutcome] = [:]) { self.known = known }

    func key(of rules: TrialRules) -> String { rules.text }
    func outcome(_ key: String) -> TrialOutcome? { known[key] }
    func resumed(_ count: Int) { state.withLock { $0.resumed += count } }
    func take(_ finished: [(key: String, trial: Trial)]) {
        state.withLock { state in for (key, trial) in finished { state.finished[key] = trial.outcome } }
    }
}
