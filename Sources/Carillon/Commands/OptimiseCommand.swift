// `carillon optimise`: a strategy with many values of its parameters, on all cores.
import ArgumentParser
import Backtest
import Domain
import Glibc

struct OptimiseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimise", abstract: "Try a strategy with all values its parameters may have, or some of them by chance.",
        discussion: """
            The best of many tries on one stretch of the past is better than the future will be: look at it again on candles that were \
            not used (--from, --to). The journal counts every trial once, and Sharpe ratios are deflated by their number. Killed at any \
            moment, the same command runs only what is not on record yet; --bench counts nothing. Parameters given with --set are not varied.
            """)
    @OptionGroup var options: LabOptions
    @Option(help: "Try this many combinations by chance instead of all.")
    var random: Int?
    @Option(help: "Which chance.")
    var seed: UInt64 = 1
    @Option(help: "How many of the best to show.")
    var top = 10

    private static let most = 1_000_000

    func validate() throws {
        if let random, !(1...Self.most).contains(random) { throw ValidationError("--random is 1 to \(Self.most)") }
        guard (1...10_000).contains(top) else { throw ValidationError("--top is 1 to 10000") }
    }

    mutating func run() async throws {
        try await printed {
            let input = try LabInput(options)
            _ = try input.bound()
            let watch = Stopwatch()
            let space = ParameterSpace(input.strategy, fixed: Set(input.values.keys))
            guard !space.parameters.isEmpty else { throw Failure(.usage, "'\(input.strategy.name)' has no parameter with more than one value; give one min, max and step, or a list") }
            if random == nil, space.size.map({ $0 > Self.most }) ?? true {
                throw Failure(.usage, "there are \(space.size.map { "\($0)" } ?? "far too many") combinations; try some of them with --random \(Self.most / 100)")
            }
            let combinations = random.map { space.random($0, seed: seed) } ?? space.grid()
            let optimiser = Optimiser(input.strategy, space, fixed: input.values, over: input.histories, daily: !options.bench)
            let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
            if options.bench {
                let trials = await optimiser.run(combinations, cores: cores)
                Terminal.out(BenchLine.optimise(input, trials, run: watch.wall, processor: watch.processor))
                return
            }
            let progress = TrialProgress(combinations.count)
            let ledger = TrialLedger(input, home: options.home, TrialLedger.Search(space: space, progress: progress))
            let trials = await optimiser.run(combinations, cores: cores, counting: ledger)
            progress.end()
            let summary = OptimiseSummary(input: input, space: space, tried: combinations.count, trials: trials, top: top, count: ledger.count())
            Terminal.out(options.json ? summary.json : summary.text)
        }
    }
}
