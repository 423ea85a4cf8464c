// A file to import: what its name says of pair, interval and month, and its bytes in whatever they are packed.
import CandleFiles
import Compression
import Kernel
public import Market
import Signing

public struct ImportFile: Sendable {
    public let path: String
    /// Without folders.
    public let file: String
    public let symbol: Symbol
    public let timeframe: Timeframe
    /// The month the name speaks of; nil if it speaks of none.
    public let month: Month?
    let packing: CandleFileName.Packing
    /// Whether pair and interval are the name's.
    private let isNamed: Bool

    /// The longest archive that is read.
    static let largestArchive = 256 << 20

    /// Reads the name, `BTCUSDT-1m-2024-01.zip` or `BTCUSDT-1h.csv.gz`; a pair or interval that is given is not looked for in it.
    public init(path: String, symbol: Symbol? = nil, timeframe: Timeframe? = nil) throws(CandleStoreError) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        func fault(_ reason: String) -> CandleStoreError { .file(FileFault(file: file, reason)) }
        let rules: [Symbol]
        do throws(FileFault) { rules = symbol == nil ? try InstrumentsFile.beside(path).keys.sorted() : [] } catch { throw .file(error) }
        guard let name = CandleFileName(file, known: rules) else { throw fault("is none of .csv, .csv.gz and .zip") }
        let pair: Symbol
        if let symbol { pair = symbol } else { pair = try Self.pair(name, fault) }
        guard let interval = timeframe ?? name.timeframe else {
            throw fault(Self.untold(name))
        }
        self.path = path
        self.file = file
        self.symbol = pair
        self.timeframe = interval
        packing = name.packing
        isNamed = symbol == nil && timeframe == nil
        month = Month(String(name.period.prefix(7)))
    }

    private static func pair(_ name: CandleFileName, _ fault: (String) -> CandleStoreError) throws(CandleStoreError) -> Symbol {
        switch name.pair {
        case .pair(let told): return told
        case .doubt(let pairs): throw fault("its name is \(PairName.words(pairs)); say --symbol \(pairs[0]), or which it is")
        case .notSpot(let kind): throw fault("\(kind), not spot; say --symbol to import it all the same")
        case .unknown: throw fault("its name tells no pair; say --symbol BTC/USDT")
        }
    }

    /// A stated interval overrides the name, so nobody is asked to state one that the rows may not have.
    private static func untold(_ name: CandleFileName) -> String {
        guard case .other(let text) = name.interval else {
            return "its name tells no interval; say --interval and one of \(CandleFileName.intervals)"
        }
        return "its name says \(text), which is none of \(CandleFileName.intervals); say --interval only if its rows are of one of these"
    }

    /// Whether a name inside an archive says nothing else than its own.
    private static func agrees(_ name: CandleFileName, _ symbol: Symbol, _ timeframe: Timeframe) -> Bool {
        if case .pair(let other) = name.pair, other != symbol { return false }
        return name.timeframe.map { $0 == timeframe } ?? true
    }

    /// The bytes of the file, checked against a checksum file if there is one.
    func content() throws(CandleStoreError) -> ImportContent {
        do throws(FileFault) {
            guard packing == .zip else { return .file(path: path, name: file, isCompressed: packing == .gzip) }
            let bytes = try InputFile.read(path, file, limit: Self.largestArchive)
            let isChecked = try ChecksumFile.check(bytes, path, file)
            let entry: ZipEntry
            do throws(ZipFault) { entry = try ZipEntry(of: bytes, limit: ByteStream.maximumBytes) } catch {
                throw FileFault(file: file, error.description)
            }
            guard entry.name.hasSuffix(".csv") else { throw FileFault(file: file, "holds \(entry.name), which is no .csv") }
            if isNamed, let inner = CandleFileName(entry.name, known: [symbol]), !Self.agrees(inner, symbol, timeframe) {
                throw FileFault(file: file, "holds \(entry.name), something else than its name says")
            }
            return .archive(entry, bytes, name: file, isChecked: isChecked)
        } catch { throw .file(error) }
    }
}

/// The bytes that are read, as often as they are asked for.
enum ImportContent: Sendable {
    case file(path: String, name: String, isCompressed: Bool)
    case archive(ZipEntry, [UInt8], name: String, isChecked: Bool)

    /// Whether a checksum beside the file was right.
    var isChecked: Bool { if case .archive(_, _, _, true) = self { true } else { false } }

    /// Hands all rows to `each`, in order; returns those that did not belong to the interval; nil without any.
    @discardableResult
    func rows(_ timeframe: Timeframe, _ each: (CandleRow) throws(FileFault) -> Void) throws(FileFault) -> RowGaps? {
        switch self {
        case .file(let path, let name, let isCompressed):
            var reader = RowReader(file: name, timeframe: timeframe, heading: .any)
            try reader.read(try ByteStream(path: path, file: name, isCompressed: isCompressed), each: each)
            return reader.gaps
        case .archive(let entry, let bytes, let name, _):
            var reader = RowReader(file: name, timeframe: timeframe, heading: .any)
            try reader.read(try ZipSource(entry, bytes, name), each: each)
            return reader.gaps
        }
    }
}

private final class ZipSource: ByteSource {
    private let reader: ZipReader, name: String

    init(_ entry: ZipEntry, _ bytes: [UInt8], _ name: String) throws(FileFault) {
        do throws(ZipFault) { reader = try ZipReader(entry, of: bytes) } catch { throw FileFault(file: name, error.description) }
        self.name = name
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        do throws(ZipFault) { return try reader.read(into: buffer) } catch { throw FileFault(file: name, error.description) }
    }
}

enum ChecksumFile {
    /// `HEX  NAME` in `X.zip.CHECKSUM` beside `X.zip`. False if there is none; a wrong one is a fault.
    static func check(_ bytes: [UInt8], _ path: String, _ file: String) throws(FileFault) -> Bool {
        let name = file + ".CHECKSUM"
        guard InputFile.mayExist(path + ".CHECKSUM") else { return false }
        let words = String(decoding: TextOpening.body(try InputFile.read(path + ".CHECKSUM", name, limit: 4_096)), as: UTF8.self).split(
            whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].utf8.count == 64, words[0].allSatisfy(\.isHexDigit) else {
            throw FileFault(file: name, "not a SHA-256 and a name")
        }
        guard words[1] == file || words[1] == "*\(file)" else { throw FileFault(file: name, "speaks of another file") }
        guard words[0].lowercased() == SHA256.hex(bytes) else {
            throw FileFault(file: file, "its SHA-256 is not the one in \(name): damaged, fetch it again")
        }
        return true
    }
}
