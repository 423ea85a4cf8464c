// A folder of small candle files for one test, gone when the test is.
import CZlib
import CandleFiles
import Kernel
import Market

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

final class Folder {
    let path: String
    static let header = "open_time_ms,open,high,low,close,volume\n"
    /// 2024-01-01T00:00:00Z
    static let start = Timestamp(milliseconds: 1_704_067_200_000)

    init() {
        var template = Array("/tmp/carillon-candles-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "" }
    }

    deinit {
        for name in written { unlink(path + "/" + name) }
        rmdir(path)
    }

    private var written: [String] = []

    func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) {
        written.append(name)
        guard let file = fopen(path + "/" + name, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    /// Packs a text as gzip and writes as much of it as `keeping` says, with `flip` one byte changed.
    func pack(_ name: String, _ text: String, keeping share: Double = 1, flip: Int? = nil, append: Bool = false) {
        written.append(name)
        let whole = path + "/" + name
        guard let archive = gzopen(whole, append ? "ab" : "wb") else { return }
        let bytes = Array(text.utf8)
        gzwrite(archive, bytes, UInt32(bytes.count))
        gzclose(archive)
        guard share < 1 || flip != nil, var packed = read(name) else { return }
        packed.removeLast(packed.count - Int(Double(packed.count) * share))
        if let flip { packed[flip < 0 ? packed.count + flip : flip] ^= 0x10 }
        write(name, packed)
    }

    private func read(_ name: String) -> [UInt8]? {
        guard let file = fopen(path + "/" + name, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    /// Rows that open every `timeframe` from `start`; skipping the positions in `gaps`.
    static func rows(_ timeframe: Timeframe, _ count: Int, from first: Int = 0, gaps: Set<Int> = []) -> String {
        var text = ""
        for index in first..<(first + count) where !gaps.contains(index) {
            let open = 100 + index % 7, close = 100 + (index + 1) % 7
            text +=
                "\((start + timeframe.duration * index).milliseconds),\(open),\(max(open, close)).5,\(min(open, close) - 1).25,\(close),"
                + "\(index % 5 + 1).125\n"
        }
        return text
    }

    /// Rows that open every so many minutes.
    static func rows(minutes: Int, _ count: Int) -> String {
        (0..<count).map { "\(start.milliseconds + Int64($0 * minutes) * 60_000),100,101,99,100,1\n" }.joined()
    }

    func market(window: Range<Timestamp>? = nil) throws -> CandleFileMarket { try CandleFileMarket(paths: [path], window: window) }
}

let btc = Symbol("BTC/USDT")!
