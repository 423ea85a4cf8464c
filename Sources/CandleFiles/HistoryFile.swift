// One candle file as a history for backtests: bytes to columns in one pass, strict, and as fast as reading
// years of minutes asks for. A fault names file, line and column; a part of a file is never returned.
import Domain

/// A file's history, and what of the file is not in it.
public struct HistoryReading: Sendable {
    public let history: CandleHistory
    /// Rows off the interval's grid; nil without any.
    public let gaps: RowGaps?
}

public enum HistoryFile {
    public static func read(_ path: String) throws(FileFault) -> CandleHistory { try open(path).history }

    /// Reads `ts,open,high,low,close,volume` (also `open_time_ms` first, or without a header), unpacked where the
    /// name ends in `.gz`. Tick, lot and smallest order are those of `instruments.yaml` beside it; where that does not
    /// name the pair, tick and lot are the file's decimals and the smallest order is 10.
    public static func open(_ path: String) throws(FileFault) -> HistoryReading {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let isCompressed = file.hasSuffix(".gz")
        let stream = try ByteStream(path: path, file: file, isCompressed: isCompressed)
        var scan = HistoryScan(file: file, timeframe: timeframe(file))
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
        guard let symbol = symbol(file), let instrument = try InstrumentsFile.beside(path)[symbol] ?? scan.assumed(symbol) else {
            throw FileFault(file: file, "its name is not the name of a coin")
        }
        return HistoryReading(history: scan.history(instrument, timeframe), gaps: gaps)
    }

    /// What a file's name tells of its candles.
    public enum Name: Hashable, Sendable {
        case candles(pair: String, Timeframe)
        /// A candle file, but of what is only told by its rows.
        case untold
        /// A perpetual, or no candle file.
        case other
    }

    public static func name(_ file: String) -> Name {
        guard !file.hasPrefix("."), file.hasSuffix(".csv") || file.hasSuffix(".csv.gz") else { return .other }
        let stem = file.prefix { $0 != "." }
        guard let dash = stem.lastIndex(of: "-") else { return .untold }
        guard let timeframe = Timeframe(rawValue: String(stem[stem.index(after: dash)...])), !stem.contains("_") else { return .other }
        return .candles(pair: String(stem[..<dash]), timeframe)
    }

    private static func timeframe(_ file: String) -> Timeframe? { if case .candles(_, let timeframe) = name(file) { timeframe } else { nil } }

    private static let chunk = 256 << 10
    private static let longestLine = 512

    /// The pair a name such as `BTCUSDT-1h.csv.gz` tells; any other name is a coin of that name.
    private static func symbol(_ file: String) -> Symbol? {
        if case .candles(let name) = CandleFileName.read(file, quote: .usdt) { return name.symbol }
        let stem = file.prefix { $0 != "." }.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return Currency(String(stem.prefix(16))).map { Symbol($0, .usdt) }
    }
}
