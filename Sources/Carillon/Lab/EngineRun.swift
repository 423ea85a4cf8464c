// A backtest's strategy traded once more by the bot's own engine, and what the two have not in common.
import Backtest
import Domain
import Rehearsal

struct EngineRun {
    let input: LabInput
    init(_ input: LabInput) { self.input = input }

    func compared(with backtest: BacktestResult) async throws -> EngineFindings {
        // The engine has exact money only, and targets before the stop where a candle opens beyond them.
        guard input.strategy.fills.accounting == .exact, input.strategy.fills.order == .openFirst else {
            throw Failure(.usage, "--engine: \(input.strategy.name) fills as the bot does not (accounting and order under fills:), so there is nothing to compare")
        }
        let detail = input.detail?.compactMap(\.self) ?? []
        guard detail.isEmpty || (detail.count == input.histories.count && backtest.detail?.missing == 0) else {
            throw Failure(.usage, "--engine: finer candles are missing here and there, or contradict the others, and the engine would look at nothing in their place; leave out --detail")
        }
        let progress = ProgressLine(), clock = Stopwatch()
        defer { progress.clear() }
        // Nobody was asked in the backtest either: its rules alone traded.
        var strategy = input.strategy
        strategy.aiConviction = nil
        let rehearsal = try Rehearsal(strategy, values: input.values, over: input.histories, detail: detail)
        let result = try await rehearsal.run { share in
            let left = share > 0 ? clock.wall / share * (1 - share) : 0
            progress.draw("engine \(Int(share * 100)) %, \(Int(left)) s left")
        }
        return EngineFindings(comparison: Rehearsal.Comparison(result, backtest, input.histories), refusals: result.refusals, resets: result.resets)
    }
}

struct EngineFindings {
    let comparison: Rehearsal.Comparison
    let refusals: [String: Int]
    let resets: Int

    var isEqual: Bool { comparison.differences.isEmpty }

    /// Refusals that a backtest knows too are no news.
    private var limits: [(name: String, count: Int)] {
        refusals.filter { !["feasibility", "balance", "cash"].contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var lines: [String] {
        var lines = ["engine     " + (isEqual ? "the bot's own engine made the same \(comparison.same) trades, to the unit"
            : "\(comparison.same) trades are the same, \(comparison.differences.count) lines are not")]
        lines += comparison.differences.prefix(20).map { "           \($0)" }
        if comparison.differences.count > 20 { lines.append("           and \(comparison.differences.count - 20) more") }
        if !limits.isEmpty { lines.append("           the bot's widest limits refused " + limits.map { "\($0.count) by \($0.name)" }.joined(separator: ", ") + ", which a backtest does not know") }
        if resets > 0 { lines.append("           \(resets) breakers tripped and were reset at once") }
        return lines
    }

    var fields: JSONOutput {
        .fields([("equal", .flag(isEqual)), ("same", .number("\(comparison.same)")), ("differences", .list(comparison.differences.map { .text($0) })),
                 ("refused", .fields(limits.map { ($0.name, .number("\($0.count)")) })), ("breakers", .number("\(resets)"))])
    }
}
