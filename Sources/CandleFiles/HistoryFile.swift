// One candle file as a history for backtests: bytes to columns in one pass, strict, and as fast as reading
// years of minutes asks for. A fault names file, line and column; a part of a file is never returned.
public import Kernel
public import Market

/// A file's history, and what was left out of it.
public struct HistoryReading: Sendable {
    public let history: CandleHistory
    /// Rows off the interval's grid; nil without any.
    public let gaps: RowGaps?
    /// Whether the name told no pair, so that its word is taken for a coin in the account's quote.
    public let isPairAssumed: Bool
}

public enum HistoryFile {
    public static func read(_ path: String) throws(FileFault) -> CandleHistory { try open(path).history }

    /// Reads `ts,open,high,low,close,volume` (also `open_time_ms` first, or without a header), unpacked if the
    /// name ends in `.gz`. Tick, lot and smallest order are those of `instruments.yaml` beside it; if that does not
    /// name the pair, `AssumedRules` says what they are.
    /// - Parameters:
    ///   - known: pairs that are known from elsewhere, beside those of `instruments.yaml`.
    ///   - quote: the quote of a file whose name tells no pair.
    public static func open(_ path: String, known: [Symbol] = [], quote: Currency = .usdt) throws(FileFault) -> HistoryReading {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let stream = try ByteStream(path: path, file: file, isCompressed: file.hasSuffix(".gz"))
        let rules = try InstrumentsFile.beside(path), name = CandleFileName(file, known: known + rules.keys)
        let (symbol, isAssumed) = try symbol(name, file, known + rules.keys, quote)
        var scan = HistoryScan(file: file, timeframe: name?.timeframe)
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: chunk + longestLine + 1)
        defer { buffer.deallocate() }
        var held = 0
        while true {
            let count: Int
            do throws(FileFault) { count = try stream.read(into: UnsafeMutableRawBufferPointer(start: buffer + held, count: chunk)) } catch {
                throw FileFault(file: file, line: scan.line == 0 ? nil : scan.line, error.reason)
            }
            if count == 0 { break }
            let end = held + count, taken = try scan.lines(buffer, end)
            held = end - taken
            guard held <= longestLine else { throw FileFault(file: file, line: scan.line + 1, "line longer than \(longestLine) bytes") }
            if taken > 0, held > 0 { buffer.update(from: buffer + taken, count: held) }
        }
        if held > 0 {
            buffer[held] = UInt8(ascii: "\n")
            _ = try scan.lines(buffer, held + 1)
        }
        let (timeframe, gaps) = try scan.finish()
        guard let instrument = rules[symbol] ?? scan.assumed(symbol) else {
            throw FileFault(file: file, "has a volume or price of too many decimals")
        }
        return HistoryReading(history: scan.history(instrument, timeframe), gaps: gaps, isPairAssumed: isAssumed)
    }

    /// The pair a name tells. If it tells none, a name of one word is a coin of that name.
    private static func symbol(_ name: CandleFileName?, _ file: String, _ known: [Symbol], _ quote: Currency) throws(FileFault) -> (
        Symbol, isAssumed: Bool
    ) {
        guard let name else { throw FileFault(file: file, "is none of .csv and .csv.gz") }
        guard name.packing != .zip else { throw FileFault(file: file, CandleFileName.partReason) }
        switch name.use() {
        case .candles(let symbol, _), .untold(let symbol?): return (symbol, false)
        case .untold(nil):
            let told = Set(known.filter { $0.base.code == name.stem.uppercased() })
            if told.count == 1, let symbol = told.first { return (symbol, false) }
            guard let base = Currency(name.stem.uppercased()), base != quote else {
                throw FileFault(file: file, "its name is not the name of a coin")
            }
            return (Symbol(base, quote), true)
        case .unusable(let reason): throw FileFault(file: file, reason)
        }
    }

    private static let chunk = 256 << 10
    private static let longestLine = 512
}
