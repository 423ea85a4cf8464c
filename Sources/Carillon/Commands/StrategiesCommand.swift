// `carillon strategies`: which there are and what is wrong with them, without trading any.
import ArgumentParser
import Domain
import Messaging
import SettingsFiles

struct StrategiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategies", abstract: "List strategies and name every problem with file, line and column.",
        discussion: "Files of the configured folder win over the compiled-in ones. A problem ends with exit code 78.")
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    mutating func run() async throws {
        try await printed {
            let library = try LabInput.library(config)
            var rows: [JSONOutput] = [], problems: [String] = []
            for name in library.names {
                switch library.load(name) {
                case .success(let loaded):
                    rows.append(row(loaded))
                    if !json { Terminal.out(SafeText.terminal(line(loaded))) }
                case .failure(let error): problems += error.problems.map(\.description)
                }
            }
            if json {
                Terminal.out(JSONOutput.object([("strategies", .list(rows)), ("problems", .list(problems.map { .text($0) })), ("ok", .flag(problems.isEmpty))]))
            } else {
                for problem in problems { Terminal.out(SafeText.terminal(problem)) }
            }
            if !problems.isEmpty { throw Failure(.configuration, "\(problems.count) problems; a strategy that has one cannot be used") }
        }
    }

    private func line(_ loaded: LoadedStrategy) -> String {
        let strategy = loaded.strategy, name = strategy.name
        return name + String(repeating: " ", count: max(1, 18 - name.count)) + "version \(strategy.version), \(strategy.timeframe.rawValue) candles, "
            + "judges after \(warmUp(strategy)), \(strategy.parameters.count) parameters, \(strategy.aiConviction.map { "asks the panel (\($0)), " } ?? "")\(loaded.isFile ? loaded.file : "compiled in")"
    }

    private func row(_ loaded: LoadedStrategy) -> JSONOutput {
        let strategy = loaded.strategy
        return .fields([("name", .text(strategy.name)), ("version", .number("\(strategy.version)")), ("timeframe", .text(strategy.timeframe.rawValue)),
                        ("warm_up", .number("\(warmUp(strategy))")), ("parameters", .list(strategy.parameters.map { .text($0.name) })),
                        ("minimum_conviction", .decimal(strategy.aiConviction?.value)),
                        ("file", .text(loaded.file)), ("compiled_in", .flag(!loaded.isFile))])
    }

    private func warmUp(_ strategy: Strategy) -> Int { (try? strategy.bound())?.entry.warmUp ?? 0 }
}
