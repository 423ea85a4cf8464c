// `carillon optimise`: a strategy with many values of its parameters, on all cores.
import Application
import ArgumentParser
import Screens

struct OptimiseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimise", abstract: "Try a strategy with all values its parameters may have, or with some chosen at random.",
        discussion: """
            The best of many tries on one stretch of the past is better than the future will be: look at it again on candles that were \
            not used (--from, --to). The journal counts every trial once, and Sharpe ratios are deflated by their number. Killed at any \
            moment, the same command runs only what is not on record yet; --bench counts nothing. Parameters given with --set are not varied.
            """)
    @OptionGroup var options: LabOptions
    @Option(help: "Try this many combinations, chosen at random, instead of all.")
    var random: Int?
    @Option(help: "The seed of the random choice.")
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
            if options.bench {
                let run = try await OptimiseRun(options.caller, options.request(), random: random, seed: seed, watch: nil)
                return Terminal.out(BenchLine.optimise(run))
            }
            var progress: TrialProgress?
            let run = try await OptimiseRun(options.caller, options.request(), random: random, seed: seed) { all in
                let line = TrialProgress(all)
                progress = line
                return line
            }
            progress?.end()
            let summary = OptimiseSummary(run, top: top)
            Terminal.out(options.json ? summary.json : summary.text)
        }
    }
}
