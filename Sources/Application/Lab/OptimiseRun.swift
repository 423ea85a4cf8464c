// Many combinations of a strategy's parameters, each a counted trial.
package import Backtest
import Glibc
import Market
import Strategies

package struct OptimiseRun: Sendable {
    package let input: LabInput
    package let space: ParameterSpace
    /// Combinations asked for; those that make no strategy have no trial.
    package let tried: Int
    package let trials: [Trial]
    /// nil for a benchmark, which counts nothing.
    package let count: TrialCount?
    /// Seconds, without reading the candles.
    package let wall: Double
    /// Seconds of all threads.
    package let processor: Double

    private static let most = 1_000_000

    /// - Parameters:
    ///   - random: how many combinations are drawn; nil for all of them.
    ///   - watch: given how many there are, makes what hears how far it is; nil for a benchmark, which counts nothing.
    package init(_ caller: Caller, _ request: LabRequest, random: Int?, seed: UInt64, watch: ((Int) -> any TrialWatch)?) async throws {
        input = try LabInput(caller, request)
        _ = try input.bound()
        let stopwatch = Stopwatch()
        space = ParameterSpace(input.strategy, fixed: Set(input.values.keys))
        guard !space.parameters.isEmpty else {
            throw Failure(.usage, "'\(input.strategy.name)' has no parameter with more than one value; give one min, max and step, or a list")
        }
        if random == nil, space.size.map({ $0 > Self.most }) ?? true {
            throw Failure(
                .usage, "there are \(space.size.map { "\($0)" } ?? "far too many") combinations; try some of them with --random \(Self.most / 100)")
        }
        let combinations = random.map { [space] in space.random($0, seed: seed) } ?? space.grid()
        tried = combinations.count
        let optimiser = Optimiser(input.strategy, space, fixed: input.values, over: input.histories, daily: watch != nil)
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        if let watch {
            let ledger = TrialLedger(input, caller, TrialLedger.Search(space: space, watch: watch(combinations.count)))
            trials = await optimiser.run(combinations, cores: cores, counting: ledger)
            count = ledger.count()
        } else {
            trials = await optimiser.run(combinations, cores: cores)
            count = nil
        }
        (wall, processor) = (stopwatch.wall, stopwatch.processor)
    }
}
