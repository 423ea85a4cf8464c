// Months a venue was asked for and had nothing of. They are believed only before the first month there are candles
// of: a pair is listed once, but a hole behind that may be the venue's, and is asked for again.
import CandleFiles
import Kernel
import Market

/// One line a month, `binance 2017-01`, in a file beside the months of a pair and interval.
struct EmptyMonths {
    private static let name = "empty-months"
    private let root: String, folder: String
    private let venue: String
    private var lines: Set<String>
    /// The first month of the candles in the store; nil without any.
    private let first: Month?

    /// If the file cannot be read, no month is known to be empty, and each is asked for.
    init(_ symbol: Symbol, _ timeframe: Timeframe, at venue: String, in store: CandleStore) throws(CandleStoreError) {
        root = store.path
        folder = StoreFolder.folder(symbol, timeframe)
        self.venue = venue.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        let bytes = (try? InputFile.read("\(root)/\(folder)/\(Self.name)", Self.name, limit: 1 << 20)) ?? []
        lines = Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
        first = try store.folder.months(of: symbol).filter { $0.value.contains(timeframe) }.keys.min()
    }

    func contains(_ month: Month) -> Bool { first.map { month < $0 } ?? false && lines.contains(line(month)) }

    /// The month is on the disk when this returns. A month that is not over may still get candles.
    mutating func add(_ month: Month, at now: Timestamp) throws(CandleStoreError) {
        guard month.end <= now, lines.insert(line(month)).inserted else { return }
        try AtomicFile.write(Array(lines.sorted().map { $0 + "\n" }.joined().utf8), Self.name, in: folder, below: root)
    }

    private func line(_ month: Month) -> String { "\(venue) \(month)" }
}
