// `carillon strategies`: which there are and what is wrong with them, without trading any; a new one; their language.
import ArgumentParser
import Domain
import Glibc
import Messaging
import SettingsFiles

struct StrategiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategies", abstract: "List strategies, begin a new one, or show the language they are written in.",
        discussion: "Files of the configured folder win over the compiled-in ones.",
        subcommands: [StrategiesListCommand.self, StrategiesNewCommand.self, StrategiesReferenceCommand.self], defaultSubcommand: StrategiesListCommand.self)
}

struct StrategiesReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reference", abstract: "Show every key, operator, field and indicator a strategy can use.")

    mutating func run() async throws {
        try await printed { Terminal.out(StrategyReference.text) }
    }
}

struct StrategiesNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a strategy to begin with into the configured folder, every line explained.",
        discussion: "A file that is there is never written to.")
    @Argument(help: "Small letters, digits and dashes, e.g. my-idea.")
    var name: String
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?

    mutating func run() async throws {
        try await guarded {
            guard let text = StrategyTemplate.text(named: name) else {
                throw Failure(.usage, "'\(SafeReason.line(name))' is no strategy's name; small letters, digits and dashes are, such as my-idea")
            }
            let library = try LabInput.library(config)
            if library.names.contains(name) { throw Failure(.cannotCreate, "there is a strategy '\(name)' already; choose another name") }
            let file = library.folder + "/\(name).yaml"
            try HomeFolder(path: library.folder).prepare()
            try Self.create(file, text)
            Terminal.out("\(file)\n\nNext:  carillon strategies              is it right?\n       carillon strategies reference    what else can be written\n"
                + "       carillon backtest \(name) --candles FOLDER   what would it have done?")
        }
    }

    /// A new file or none: nothing of a person's is written over.
    private static func create(_ path: String, _ text: String) throws(Failure) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(errno == EEXIST ? .cannotCreate : .noPermission, "cannot make \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        let error = Terminal.write(text, to: file)
        guard error == 0 else {
            unlink(path)
            throw Failure(.io, "cannot write \(path): \(String(cString: strerror(error)))")
        }
    }
}

struct StrategiesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List strategies and name every problem with file, line and column.",
        discussion: "A problem ends with exit code 78.")
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
