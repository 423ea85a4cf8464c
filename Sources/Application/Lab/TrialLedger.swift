// Counts trials in the journal of a home. A home that cannot be written stops no backtest: then nothing is counted,
// nothing is deflated, and the report says why. The bot that may live there waits for one short transaction at most.
import Backtest
import Glibc
import Kernel
import Ports
import SettingsFiles
import Signing
import Store
import Strategies
import Synchronization

/// Hears how far an optimiser is.
package protocol TrialWatch: Sendable {
    /// Trials were run.
    func ran(_ count: Int)
    /// Trials were found on record.
    func resumed(_ count: Int)
}

final class TrialLedger: TrialCounting {
    private struct State {
        var waiting: [TrialRecord] = []
        var lastWrite: TimeSpan
        /// Why something was not counted.
        var problem: String?
    }
    /// What an optimiser has beside a backtest: many trials, some of them perhaps on record.
    struct Search {
        let space: ParameterSpace
        let watch: any TrialWatch
    }
    /// Trials that wait are written after a second, or once there are so many.
    private static let most = 2_048

    private let journal: SQLiteJournal?
    private let strategy: Strategy
    private let data: TrialData
    private let parameters: @Sendable ([Int]) -> String
    private let known: [String: TrialOutcome]
    private let clock = SystemClock()
    private let state: Mutex<State>
    private let watch: (any TrialWatch)?

    /// - Parameters:
    ///   - caller: whose home keeps the journal.
    ///   - search: nil for one backtest.
    ///   - panel: what a panel once said, if the run went by it.
    package init(_ input: LabInput, _ caller: Caller, panel: RecordedPanel? = nil, _ search: Search? = nil) {
        strategy = input.strategy
        data = TrialData(input.histories, detail: (input.detail ?? []).compactMap(\.self), panel: panel)
        watch = search?.watch
        let strategy = input.strategy, fixed = input.values
        parameters = { Self.text(strategy, fixed.merging(search?.space.values($0) ?? [:]) { $1 }) }
        var problem: String?, journal: SQLiteJournal?, known: [String: TrialOutcome] = [:]
        do {
            let opened = try Self.open(caller)
            if search != nil {
                for trial in try opened.trials(of: strategy.name, on: data, by: Version.number) { known[trial.rules] = TrialOutcome(trial) }
            }
            journal = opened
        } catch let error as JournalError { problem = Failure(error).message } catch let error as Failure { problem = error.message } catch {
            problem = "\(error)"
        }
        (self.journal, self.known) = (journal, known)
        state = Mutex(State(lastWrite: clock.monotonic, problem: problem))
    }

    private static func open(_ caller: Caller) throws -> SQLiteJournal {
        let folder = try caller.home()
        try folder.prepare()
        var info = stat()
        // A journal made by another user would lock its owner out.
        if access(folder.journal, F_OK) != 0, stat(folder.path, &info) != 0 || info.st_uid != geteuid() {
            throw Failure(.noPermission, "there is no journal in \(folder.path) yet, and the folder belongs to another user")
        }
        return try SQLiteJournal(path: folder.journal)
    }

    // MARK: What an optimiser asks

    package func key(of rules: TrialRules) -> String { String(SHA256.hex(Array(rules.text.utf8)).prefix(32)) }

    package func outcome(_ key: String) -> TrialOutcome? { known[key] }

    package func take(_ finished: [(key: String, trial: Trial)]) {
        let records = finished.map { record($0.key, $0.trial.outcome, parameters($0.trial.combination)) }
        let due: [TrialRecord] = state.withLock { state in
            guard journal != nil, state.problem == nil else { return [] }
            state.waiting += records
            guard state.waiting.count >= Self.most || clock.monotonic.milliseconds - state.lastWrite.milliseconds >= 1_000 else { return [] }
            state.lastWrite = clock.monotonic
            defer { state.waiting = [] }
            return state.waiting
        }
        write(due)
        watch?.ran(records.count)
    }

    package func resumed(_ count: Int) { watch?.resumed(count) }

    // MARK: What a report asks

    /// Writes what waits, and counts all trials of the strategy's name.
    package func count() -> TrialCount {
        let rest = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        write(rest)
        if let problem = state.withLock({ $0.problem }) { return TrialCount(notCounted: problem) }
        guard let journal else { return TrialCount(notCounted: "") }
        do throws(JournalError) { return TrialCount(try journal.trialSharpes(of: strategy.name)) } catch {
            return TrialCount(notCounted: Failure(error).message)
        }
    }

    /// Counts one backtest.
    package func count(_ result: BacktestResult, _ bound: BoundStrategy, _ values: [String: FixedDecimal]) -> TrialCount {
        if let rules = try? strategy.trialRules(values) {
            let trial = record(key(of: rules), TrialOutcome(result, capital: bound.terms.capital), parameters([]))
            state.withLock { if journal != nil { $0.waiting.append(trial) } }
        }
        return count()
    }

    private func write(_ records: [TrialRecord]) {
        guard let journal, !records.isEmpty else { return }
        do throws(JournalError) { try journal.count(records, on: data, by: Version.number, at: clock.now) } catch {
            let words = Failure(error).message
            state.withLock { $0.problem = $0.problem ?? words }
        }
    }

    private func record(_ key: String, _ outcome: TrialOutcome, _ parameters: String) -> TrialRecord {
        TrialRecord(
            strategy: strategy.name, version: strategy.version, rules: key, parameters: parameters, days: outcome.days, sharpe: outcome.sharpe,
            finalEquity: outcome.finalEquity, trades: outcome.trades)
    }

    /// Every parameter with its value, in the strategy's order.
    private static func text(_ strategy: Strategy, _ values: [String: FixedDecimal]) -> String {
        strategy.parameters.map { "\($0.name)=\(values[$0.name] ?? $0.usual)" }.joined(separator: " ")
    }
}

extension TrialOutcome {
    fileprivate init(_ record: TrialRecord) {
        self.init(finalEquity: record.finalEquity, trades: record.trades, days: record.days, sharpe: record.sharpe)
    }
}
