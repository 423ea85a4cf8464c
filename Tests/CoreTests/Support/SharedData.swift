// The reference numbers beside the repository: found through CARILLON_SHARED or as its neighbour
// folder. Tests that need them are skipped with a message where they are missing.
import Glibc
import Kernel
import Market

enum SharedData {
    static let root: String = {
        if let named = getenv("CARILLON_SHARED") { return String(cString: named) }
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        // <repository>/Tests/CoreTests/Support/SharedData.swift
        return parts.dropLast(4).joined(separator: "/") + "/../shared"
    }()
    static let isThere = access(root + "/data/truth/kelly_vectors.json", R_OK) == 0
    static let skipped: String = "needs the reference data in ../shared"

    /// The bytes of a file, unpacked by gzip where its name ends in `.gz`.
    static func bytes(_ path: String) -> [UInt8] {
        let full = root + "/" + path
        let packed = path.hasSuffix(".gz")
        guard let stream = packed ? popen("gzip -dc '\(full)'", "r") : fopen(full, "r") else { return [] }
        defer { _ = packed ? pclose(stream) : fclose(stream) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let n = fread(&buffer, 1, buffer.count, stream), n > 0 { result += buffer[..<n] }
        return result
    }

    /// A CSV file as rows of cells, the header first.
    static func table(_ path: String) -> [[Substring]] {
        String(decoding: bytes(path), as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    /// The candles of `open_time_ms,open,high,low,close,volume` rows, at most `limit` from `first` on.
    static func candles(_ path: String, from first: Int = 0, limit: Int = .max) -> [Candle] {
        table(path).dropFirst(1 + first).prefix(limit).compactMap { row in
            guard let time = Int64(row[0]), let open = Price(String(row[1])), let high = Price(String(row[2])),
                let low = Price(String(row[3])), let close = Price(String(row[4]))
            else { return nil }
            return Candle(openTime: Timestamp(milliseconds: time), open: open, high: high, low: low, close: close, volume: .zero)
        }
    }
}
