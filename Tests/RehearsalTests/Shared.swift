// The real candles, where they lie beside this repository: CARILLON_SHARED, else `shared` next to it.
import CandleFiles
import Foundation
import Market

enum Shared {
    static var folder: String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let folder = (ProcessInfo.processInfo.environment["CARILLON_SHARED"] ?? root + "/shared") + "/data"
        return FileManager.default.fileExists(atPath: "\(folder)/BTCUSDT-1h.csv.gz") ? folder : nil
    }

    /// The newest rows that open before a moment.
    static func history(_ path: String, rows: Int, before end: Int64) throws -> CandleHistory {
        let history = try HistoryFile.read(path)
        let last = history.openTime.firstIndex { $0 >= end } ?? history.count
        return history.slice(max(0, last - rows)..<last)
    }
}
