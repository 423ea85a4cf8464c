// A market replayed from candle files: real history, read once, checked to the last row, and never
// ahead of the time that asks. What cannot be used is named with its reason.
public import Kernel
public import Market
public import Ports
import Synchronization

/// Candles, instruments and tickers out of `<BASE><QUOTE>-<interval>.csv[.gz]` files.
///
/// A file is read at the first question that needs it, whole, and its rows are kept in a compact form
/// (56 bytes a row), or only those of the window given. A damaged file takes its instrument out: it is in
/// no list, its candles throw, and `damaged` names file and line.
public final class CandleFileMarket: Sendable {
    public let name = "candle files"
    public let quote: Currency
    /// Files that are not offered, by name, with the reason: perpetuals, other quotes, too coarse.
    public let excluded: [FileFault]
    /// The pairs there are files for, in symbol order, damaged ones too.
    public let symbols: [Symbol]
    let files: [Symbol: [FoundFile]]
    private let rules: [Symbol: Instrument]
    private let window: Range<Timestamp>?
    private let loaded = Mutex<[String: Result<LoadedFile, FileFault>]>([:])

    /// Lists files; reads none but `instruments.yaml`.
    /// - Parameters:
    ///   - paths: folders or files.
    ///   - window: only candles that open inside it are kept in memory and answered; nil keeps all. Leave room for warm-up.
    public init(paths: [String], quote: Currency = .usdt, window: Range<Timestamp>? = nil) throws(FeedError) {
        let folder: CandleFolder
        do throws(FileFault) { folder = try CandleFolder(paths, quote: quote) } catch { throw error.feedError() }
        self.quote = quote
        self.window = window
        excluded = folder.excluded
        rules = folder.rules
        files = Dictionary(grouping: folder.files, by: \.symbol)
        symbols = files.keys.sorted()
    }

    /// A file's rows, read now if they were not before.
    func load(_ found: FoundFile) throws(FileFault) -> LoadedFile {
        try loaded.withLock { cache in
            if let known = cache[found.path] { return known }
            let window = window
            let fresh = Result { () throws(FileFault) in
                try LoadedFile(found, window: window)
            }
            cache[found.path] = fresh
            return fresh
        }.get()
    }

    /// All of a pair's files, finest first. Throws if one of them is damaged.
    func sources(_ symbol: Symbol) throws(FileFault) -> [LoadedFile] {
        var result: [LoadedFile] = []
        for found in files[symbol] ?? [] { result.append(try load(found)) }
        return result
    }

    /// The pair's number rules: given by `instruments.yaml`, else assumed from its coarsest file that is hourly or finer.
    func instrument(_ symbol: Symbol, _ sources: [LoadedFile]) -> Instrument? {
        if let told = rules[symbol] { return told }
        guard let source = sources.last(where: { $0.timeframe <= .h1 }) else { return nil }
        return source.assumed.instrument(symbol)
    }

    /// Reads every file that is not excluded and names the damaged ones, in symbol order.
    public func damaged() -> [FileFault] { looked().faults }

    /// For each file with rows that are gaps, how many there are, in symbol order.
    public func gaps() -> [RowGaps] { looked().gaps }

    private func looked() -> (faults: [FileFault], gaps: [RowGaps]) {
        var faults: [FileFault] = [], gaps: [RowGaps] = []
        for symbol in symbols {
            for found in files[symbol] ?? [] {
                do throws(FileFault) { if let more = try load(found).gaps { gaps.append(more) } } catch { faults.append(error) }
            }
        }
        return (faults, gaps)
    }
}
