// A file to import: what its name says of pair, interval and month, and its bytes in whatever they are packed.
import CandleFiles
import Compression
import Domain
import Signing

public struct ImportFile: Sendable {
    public let path: String
    /// Without folders.
    public let file: String
    public let symbol: Symbol
    public let timeframe: Timeframe
    /// The month the name speaks of; nil where it speaks of none.
    public let month: Month?
    let kind: Kind
    /// Whether pair and interval are the name's.
    private let isNamed: Bool

    enum Kind: String, Sendable, CaseIterable {
        case zip = ".zip", gzip = ".csv.gz", plain = ".csv"
    }

    /// The longest archive that is read.
    static let largestArchive = 256 << 20

    /// Reads the name, `BTCUSDT-1m-2024-01.zip` or `BTCUSDT-1h.csv.gz`; what is given is not looked for in it.
    public init(path: String, symbol: Symbol? = nil, timeframe: Timeframe? = nil) throws(CandleStoreError) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        func fault(_ reason: String) -> CandleStoreError { .file(FileFault(file: file, reason)) }
        guard let kind = Kind.allCases.first(where: { file.hasSuffix($0.rawValue) }) else { throw fault("is none of .csv, .csv.gz and .zip") }
        let parts = file.dropLast(kind.rawValue.utf8.count).split(separator: "-", omittingEmptySubsequences: false)
        guard let pair = symbol ?? Symbol(joined: String(parts.first ?? "")) else {
            throw fault(parts[0].contains("_") ? "not spot; say --symbol to import it all the same" : "its name tells no pair; say --symbol BTC/USDT")
        }
        guard let interval = timeframe ?? (parts.count > 1 ? Timeframe(rawValue: String(parts[1])) : nil) else {
            throw fault("its name tells no interval of \(Timeframe.allCases.map(\.rawValue).joined(separator: " ")); say --interval 1m")
        }
        self.path = path
        self.file = file
        self.symbol = pair
        self.timeframe = interval
        self.kind = kind
        isNamed = symbol == nil && timeframe == nil
        month = parts.count >= 4 ? Month("\(parts[2])-\(parts[3])") : nil
    }

    /// The bytes behind the name, checked against a checksum file where there is one.
    func content() throws(CandleStoreError) -> ImportContent {
        do throws(FileFault) {
            guard kind == .zip else { return .file(path: path, name: file, isCompressed: kind == .gzip) }
            let bytes = try InputFile.read(path, file, limit: Self.largestArchive)
            let isChecked = try ChecksumFile.check(bytes, path, file)
            let entry: ZipEntry
            do throws(ZipFault) { entry = try ZipEntry(of: bytes, limit: ByteStream.maximumBytes) } catch { throw FileFault(file: file, error.description) }
            guard entry.name.hasSuffix(".csv") else { throw FileFault(file: file, "holds \(entry.name), which is no .csv") }
            if isNamed, let inner = try? ImportFile(path: entry.name), inner.symbol != self.symbol || inner.timeframe != self.timeframe {
                throw FileFault(file: file, "holds \(entry.name), something else than its name says")
            }
            return .archive(entry, bytes, name: file, isChecked: isChecked)
        } catch { throw .file(error) }
    }
}

extension Symbol {
    private static let quotes = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "DAI", "USD", "EUR", "GBP", "TRY", "BRL", "AUD", "JPY", "KRW", "BTC", "ETH", "BNB"]

    /// Reads `BTCUSDT`, a pair without a stroke that ends with one of the usual quotes.
    public init?(joined name: String) {
        for code in Self.quotes where name.hasSuffix(code) {
            if let base = Currency(String(name.dropLast(code.utf8.count))), let quote = Currency(code) {
                self.init(base, quote)
                return
            }
        }
        return nil
    }
}

/// What is read, as often as it is asked for.
enum ImportContent: Sendable {
    case file(path: String, name: String, isCompressed: Bool)
    case archive(ZipEntry, [UInt8], name: String, isChecked: Bool)

    /// Whether a checksum beside the file was right.
    var isChecked: Bool { if case .archive(_, _, _, true) = self { true } else { false } }

    /// Hands all rows to `each`, in order; returns how many were none of the interval.
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
    /// `HEX  NAME` in `X.zip.CHECKSUM` beside `X.zip`. False where there is none; a wrong one is a fault.
    static func check(_ bytes: [UInt8], _ path: String, _ file: String) throws(FileFault) -> Bool {
        let name = file + ".CHECKSUM"
        guard InputFile.mayExist(path + ".CHECKSUM") else { return false }
        let words = String(decoding: TextOpening.body(try InputFile.read(path + ".CHECKSUM", name, limit: 4_096)), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].utf8.count == 64, words[0].allSatisfy(\.isHexDigit) else { throw FileFault(file: name, "not a SHA-256 and a name") }
        guard words[1] == file || words[1] == "*\(file)" else { throw FileFault(file: name, "speaks of another file") }
        guard words[0].lowercased() == SHA256.hex(bytes) else { throw FileFault(file: file, "its SHA-256 is not the one in \(name): damaged, fetch it again") }
        return true
    }
}
