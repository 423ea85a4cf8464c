// Which candle files the lab reads of a folder, and what it says of those that it leaves. Promise: a file of candles that a
// person laid there is read or named with its reason, and one backtest has one quote currency, as its account does.
import CandleFiles
import Glibc
package import Kernel
package import Market

package struct LabFiles {
    package let paths: [String]
    /// Files that are not read, a line each reason.
    package let remarks: [String]
    /// Pairs that end a doubt about a name.
    private let symbols: [Symbol]

    /// - Parameters:
    ///   - path: a folder, or a file; finer files of its pair beside it are taken for `detail`.
    ///   - symbols: what the strategy may trade; empty for all.
    ///   - quote: what the account holds: in a folder with several quotes, its pairs are meant.
    package init(_ path: String, symbols: [Symbol], timeframe: Timeframe, detail: Timeframe?, quote: Currency) throws {
        self.symbols = symbols
        guard let names = try Self.names(path) else {
            (paths, remarks) = ([path] + (try Self.finer(than: path, detail, symbols)), [])
            return
        }
        var found = Found(rules: symbols + (try InstrumentsFile.beside("\(path)/\(InstrumentsFile.fileName)")).keys, symbols: symbols)
        for name in names.sorted() { found.sort(name) }
        try found.choose(quote, path)
        let needed = found.needed([timeframe] + (detail.map { [$0] } ?? []))
        guard !needed.isEmpty else {
            throw Failure(
                .data,
                (["\(path): no files of \(timeframe.rawValue) candles or finer ones of spot pairs (*.csv, *.csv.gz)"] + found.remarks).joined(
                    separator: "\n"))
        }
        found.nameCoarse(timeframe)
        (paths, remarks) = (needed.map { "\(path)/\($0)" }, found.remarks)
    }

    /// Finer files of the same pair beside a file.
    private static func finer(than path: String, _ detail: Timeframe?, _ symbols: [Symbol]) throws -> [String] {
        let file = path.split(separator: "/").last.map(String.init) ?? path, folder = String(path.dropLast(file.count))
        let rules = symbols + (try InstrumentsFile.beside(path)).keys
        guard let detail, case .candles(let symbol, let own)? = CandleFileName(file, known: rules)?.use(), own > detail else { return [] }
        var found = Found(rules: rules, symbols: [symbol])
        for name in try names(folder.isEmpty ? "." : folder)?.sorted() ?? [] where name != file { found.sort(name) }
        found.untold = []
        return found.needed([detail]).map { folder + $0 }
    }

    /// The names in a folder; nil for a file.
    private static func names(_ path: String) throws -> [String]? {
        guard let folder = opendir(path) else {
            guard errno == ENOTDIR else { throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))") }
            return nil
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } })
        }
        return names
    }
}

/// A folder's names, sorted by what they are.
private struct Found {
    let rules: [Symbol]
    let symbols: [Symbol]
    private var candles: [(file: String, symbol: Symbol, timeframe: Timeframe)] = []
    /// Files whose rows must tell the interval.
    var untold: [String] = []
    private var unused: [(reason: String, files: [String])] = []

    init(rules: [Symbol], symbols: [Symbol]) {
        self.rules = rules
        self.symbols = symbols
    }

    mutating func sort(_ file: String) {
        guard let name = CandleFileName(file, known: rules) else { return }
        switch name.use() {
        // A pair that the strategy does not trade is left out on the strategy's own word.
        case .candles(let symbol, _) where !symbols.isEmpty && !symbols.contains(symbol): break
        case .untold(let symbol?) where !symbols.isEmpty && !symbols.contains(symbol): break
        case .candles where !name.isWhole: leave(file, CandleFileName.partReason)
        case .candles(let symbol, let timeframe): candles.append((file, symbol, timeframe))
        // An archive of anything may lie in a folder; only one of candles is worth a word.
        case .untold: if name.packing != .zip { untold.append(file) }
        case .unusable(let reason): if name.packing != .zip { leave(file, reason) }
        }
    }

    private mutating func leave(_ file: String, _ reason: String) {
        if let place = unused.firstIndex(where: { $0.reason == reason }) { unused[place].files.append(file) } else { unused.append((reason, [file])) }
    }

    /// One quote: the account's if there are such pairs, else the only one there is.
    mutating func choose(_ quote: Currency, _ path: String) throws {
        let quotes = Set(candles.map(\.symbol.quote))
        guard quotes.count > 1 else { return }
        guard quotes.contains(quote) else {
            throw Failure(
                .data,
                "\(path): pairs are quoted in \(quotes.sorted().map(\.code).joined(separator: " and ")), but one backtest has one quote currency; "
                    + "list symbols in the strategy"
            )
        }
        for other in candles where other.symbol.quote != quote { leave(other.file, "not quoted in \(quote)") }
        candles.removeAll { $0.symbol.quote != quote }
    }

    /// For each pair the files that give these time frames, and files whose name tells none, in the order of their names.
    func needed(_ timeframes: [Timeframe]) -> [String] {
        let intervals = Dictionary(grouping: candles, by: \.symbol).mapValues { Set($0.map(\.timeframe)) }
        let told = candles.filter { one in timeframes.contains { wanted in intervals[one.symbol]?.filter { $0 <= wanted }.max() == one.timeframe } }
        return (told.map(\.file) + untold).sorted()
    }

    /// Pairs without fine enough candles.
    mutating func nameCoarse(_ timeframe: Timeframe) {
        let fine = Set(candles.filter { $0.timeframe <= timeframe }.map(\.symbol))
        for one in candles where !fine.contains(one.symbol) { leave(one.file, "coarser than \(timeframe.rawValue) candles") }
    }

    var remarks: [String] {
        unused.map {
            "not used, \($0.reason): \($0.files.prefix(12).joined(separator: ", "))" + ($0.files.count > 12 ? " and \($0.files.count - 12) more" : "")
        }
    }
}
