// Content held against its hash, and against the entries that name it: content that must still be kept must be there.
import Compression
import Events
import Foundation
import GRDB
import Kernel
import Signing

extension JournalEvent {
    /// Content that this event names, by hash, and whether it is kept for ever.
    var content: [(hash: String, forEver: Bool)] {
        switch self {
        case .snapshotTaken(let snapshot): [snapshot.candleBlob, snapshot.contextBlob].compactMap { $0 }.map { ($0, false) }
        case .candlesTaken(let taken): [(taken.blob, false)]
        // Nobody can get again what models were asked and answered.
        case .callReserved(let call): [(call.promptBlob, true)]
        case .callSettled(let call): call.answerBlob.map { [($0, true)] } ?? []
        default: []
        }
    }
}

struct ContentCheck {
    /// All content that is named: by which entry last, and whether it is kept for ever.
    private var named: [String: (at: Int64, forEver: Bool)] = [:]
    private var moments: Set<Int64> = []
    private var newest = Int64.min
    /// No content is longer when unpacked.
    private static let limit = 1 << 28

    mutating func note(_ event: JournalEvent, at time: Timestamp) {
        moments.insert(time.milliseconds)
        newest = max(newest, time.milliseconds)
        for (hash, forEver) in event.content {
            let before = named[hash]
            named[hash] = (max(before?.at ?? .min, time.milliseconds), before?.forEver == true || forEver)
        }
    }

    func faults(_ db: Database) throws -> [String] {
        var faults: [String] = [], missing = named
        let rows = try Row.fetchCursor(db, sql: "SELECT hash, bytes, kept_since FROM blobs ORDER BY hash")
        while let row = try rows.next() {
            let hash = String.fromDatabaseValue(row[0]) ?? "", since = Int64.fromDatabaseValue(row[2])
            let entry = missing.removeValue(forKey: hash)
            if Data.fromDatabaseValue(row[1]).flatMap({ Deflate.expand([UInt8]($0), limit: Self.limit) }).map(SHA256.hex) != hash {
                faults.append("content \(hash.prefix(12)) was changed; restore a backup")
            } else if since.map({ moments.contains($0) && $0 >= entry?.at ?? $0 }) != true {
                faults.append("content \(hash.prefix(12)) bears another time than that of its entry; restore a backup")
            }
        }
        // Content that entries of the last 90 days name, and content kept for ever, must be there.
        let gone = missing.filter { $0.value.forEver || $0.value.at >= newest - SQLiteJournal.contentAge.milliseconds }.keys.sorted()
        return faults.limited("pieces of content that were changed")
            + gone.map { "content \($0.prefix(12)) is missing; restore a backup" }.limited("pieces of content that are missing")
    }
}
