// The strategies there are, a line each.
import Application
import Kernel
import Market
import SettingsFiles
import Strategies

extension StrategyShelf {
    package var json: String {
        JSONValue.console([
            ("strategies", .list(usable.map(row))), ("problems", .list(problems.map { .text($0) })), ("ok", .flag(problems.isEmpty))
        ])
    }

    package var lines: [String] { usable.map(line) + problems }

    private func line(_ loaded: LoadedStrategy) -> String {
        let strategy = loaded.strategy, name = strategy.name
        return name + String(repeating: " ", count: max(1, 18 - name.count)) + "version \(strategy.version), \(strategy.timeframe.rawValue) candles, "
            + "judges after \(warmUp(strategy)), \(strategy.parameters.count) parameters, "
            + "\(strategy.aiConviction.map { "asks the panel (\($0)), " } ?? "")\(loaded.isFile ? loaded.file : "compiled in")"
    }

    private func row(_ loaded: LoadedStrategy) -> JSONValue {
        let strategy = loaded.strategy
        return .fields([
            ("name", .text(strategy.name)), ("version", .number("\(strategy.version)")), ("timeframe", .text(strategy.timeframe.rawValue)),
            ("warm_up", .number("\(warmUp(strategy))")), ("parameters", .list(strategy.parameters.map { .text($0.name) })),
            ("minimum_conviction", .decimal(strategy.aiConviction?.value)),
            ("file", .text(loaded.file)), ("compiled_in", .flag(!loaded.isFile))
        ])
    }

    private func warmUp(_ strategy: Strategy) -> Int { (try? strategy.bound())?.entry.warmUp ?? 0 }
}
