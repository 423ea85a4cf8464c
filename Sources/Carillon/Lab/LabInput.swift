// What the lab's commands begin with: a strategy by its name, and candle files as histories.
import ArgumentParser
import CandleFiles
import CandleStore
import SettingsFiles
import Domain
import Glibc

struct LabOptions: ParsableArguments {
    @Argument(help: "A strategy's name, or the path of its YAML file.")
    var strategy: String
    @Option(help: "A candle file, a folder of them, or the store that `carillon candles` keeps.")
    var candles: String
    @Option(help: "The first moment, e.g. 2023-01-01.")
    var from: String?
    @Option(help: "The first moment that is left out.")
    var to: String?
    @Option(name: .customLong("set"), help: ArgumentHelp("A parameter's value, e.g. fast=9; may be given again.", valueName: "name=value"))
    var set: [String] = []
    @Option(help: ArgumentHelp("The folder of the journal that counts trials.", discussion: "Else as other commands find it."))
    var home: String?
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false
    @Flag(help: "Print the line that benchmarks read: seconds and processor seconds.")
    var bench = false

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] {
            if let text, Timestamp(iso8601: text) == nil { throw ValidationError("--\(name) '\(text)' is no moment; an example is 2023-01-01") }
        }
    }
}

struct LabInput {
    let loaded: LoadedStrategy
    let values: [String: FixedDecimal]
    let histories: [CandleHistory]
    /// Seconds that reading the files took.
    let loadSeconds: Double
    var strategy: Strategy { loaded.strategy }

    init(_ options: LabOptions) throws {
        loaded = try Self.strategy(options)
        values = try Self.values(options.set, of: loaded.strategy)
        let watch = Stopwatch()
        var histories: [CandleHistory] = []
        do {
            if try CandleStore.isThere(options.candles) { histories = try Self.stored(options.candles, loaded.strategy) } else {
                for path in try Self.files(options.candles, loaded.strategy.timeframe) { histories.append(try HistoryFile.read(path)) }
            }
        } catch let fault as FileFault {
            throw Failure(.data, fault.description)
        }
        loadSeconds = watch.wall
        self.histories = try Self.chosen(histories, loaded.strategy, options)
    }

    /// The strategy with the values asked for.
    func bound() throws -> BoundStrategy {
        do throws(StrategyError) { return try strategy.bound(values) } catch { throw Failure(.configuration, "\(loaded.file): \(error.description)") }
    }

    private static func strategy(_ options: LabOptions) throws -> LoadedStrategy {
        switch try library(options.config).load(options.strategy) {
        case .success(let loaded): return loaded
        case .failure(let error): throw Failure(.configuration, error.problems.map(\.description).joined(separator: "\n"))
        }
    }

    /// The strategies of the configured folder and the compiled-in ones.
    static func library(_ config: String?) throws -> StrategyLibrary {
        let place = ConfigurationLocator(environment: { name in getenv(name).map { String(cString: $0) } }).locate(option: config)
        switch ConfigurationLoader.load(place) {
        case .success(let found): return StrategyLibrary(folder: found.resolve(found.settings.paths.strategies))
        case .failure(let error): throw Failure(.configuration, error.problems.map(\.description).joined(separator: "\n"))
        }
    }

    private static func values(_ texts: [String], of strategy: Strategy) throws -> [String: FixedDecimal] {
        var values: [String: FixedDecimal] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, let value = FixedDecimal(sides[1]) else { throw Failure(.usage, "--set \(Echo.quoted(text)) is not name=value, as in fast=9") }
            guard strategy.parameters.contains(where: { $0.name == sides[0] }) else {
                let names = strategy.parameters.map(\.name)
                throw Failure(.usage, "'\(strategy.name)' has no parameter \(Echo.quoted(sides[0])); it has \(names.isEmpty ? "none" : names.joined(separator: ", "))")
            }
            values[sides[0]] = value
        }
        return values
    }

    /// Of each pair of a store that the strategy may trade, whatever candles of its time frame there are.
    private static func stored(_ path: String, _ strategy: Strategy) throws -> [CandleHistory] {
        let store = try CandleStore(path)
        return try store.symbols().filter { strategy.symbols.isEmpty || strategy.symbols.contains($0) }.compactMap { try store.history($0, strategy.timeframe) }
    }

    /// The file itself, or the files of a folder that may hold such candles, in the order of their names.
    private static func files(_ path: String, _ timeframe: Timeframe) throws -> [String] {
        guard let folder = opendir(path) else {
            guard errno == ENOTDIR else { throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))") }
            return [path]
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            if HistoryFile.mayHold(timeframe, file: name) { names.append(name) }
        }
        guard !names.isEmpty else { throw Failure(.data, "\(path): no files of \(timeframe.rawValue) candles of spot pairs (*.csv, *.csv.gz)") }
        return names.sorted().map { "\(path)/\($0)" }
    }

    /// The strategy's symbols and time frame, from and to the moments asked for.
    private static func chosen(_ all: [CandleHistory], _ strategy: Strategy, _ options: LabOptions) throws -> [CandleHistory] {
        let from = options.from.flatMap { Timestamp(iso8601: $0) }?.milliseconds ?? .min, to = options.to.flatMap { Timestamp(iso8601: $0) }?.milliseconds ?? .max
        for (index, history) in all.enumerated() where all[..<index].contains(where: { $0.instrument.symbol == history.instrument.symbol }) {
            throw Failure(.data, "two files hold candles of \(history.instrument.symbol)")
        }
        let ofSymbol = strategy.symbols.isEmpty ? all : all.filter { strategy.symbols.contains($0.instrument.symbol) }
        let fitting = ofSymbol.filter { $0.timeframe == strategy.timeframe }
        guard !fitting.isEmpty else {
            let found = Set(all.map(\.timeframe)).sorted().map(\.rawValue).joined(separator: ", ")
            throw Failure(.data, ofSymbol.isEmpty ? "no candles of \(strategy.symbols.map(\.description).joined(separator: ", "))"
                : "'\(strategy.name)' trades \(strategy.timeframe.rawValue) candles, these are \(found)")
        }
        let cut = fitting.map { history in
            let first = history.openTime.firstIndex { $0 >= from } ?? history.count, end = history.openTime.firstIndex { $0 >= to } ?? history.count
            return history.slice(first..<max(first, end))
        }.filter { $0.count > 0 }
        guard !cut.isEmpty else { throw Failure(.data, "no candles between \(options.from ?? "the beginning") and \(options.to ?? "the end")") }
        return cut
    }
}

/// Seconds since it was made.
struct Stopwatch {
    private let wallStart = Stopwatch.seconds(CLOCK_MONOTONIC), processorStart = Stopwatch.seconds(CLOCK_PROCESS_CPUTIME_ID)
    var wall: Double { Self.seconds(CLOCK_MONOTONIC) - wallStart }
    /// Of all threads.
    var processor: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - processorStart }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
