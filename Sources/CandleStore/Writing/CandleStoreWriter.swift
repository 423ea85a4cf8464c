// The one writer of a store. A month is its unit: `commit` returns when the month is on the disk, and a month
// that was committed is never lost, whatever happens later.
import CandleFiles
import Kernel
public import Market
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What became of the candles of one month.
public struct Commit: Hashable, Sendable {
    /// New, and in the place of others with other numbers.
    public internal(set) var added = 0, replaced = 0
    /// There already.
    public internal(set) var known = 0
    /// Not kept, because finer candles give them; and how many of those had other numbers than the finer ones'.
    public internal(set) var covered = 0, differing = 0

    public static func + (a: Commit, b: Commit) -> Commit {
        Commit(
            added: a.added + b.added, replaced: a.replaced + b.replaced, known: a.known + b.known, covered: a.covered + b.covered,
            differing: a.differing + b.differing)
    }
}

/// Holds the store's lock until it is let go.
public final class CandleStoreWriter: Sendable {
    public let store: CandleStore
    private let lock: Int32
    private let turn = Mutex(())

    /// Opens a store for writing; makes it if there is none and the folder is empty.
    public init(_ path: String) throws(CandleStoreError) {
        let folder = StoreFolder(path: path)
        if try !folder.isStore() {
            guard try folder.names(in: path).isEmpty else { throw .notAStore(path) }
            try Self.makeFolders(path)
            try AtomicFile.write(Array(StoreFolder.markerText.utf8), StoreFolder.marker, in: "", below: path)
        }
        store = try CandleStore(path)
        lock = open(path + "/.lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw AtomicFile.fault(path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .busy(path)
        }
    }

    // Unlocks before it closes: a copy of the descriptor, in a child that is just being started, would keep the lock.
    deinit {
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// Writes candles of one month, ascending, on the interval's grid.
    public func commit(_ candles: [Candle], of symbol: Symbol, _ timeframe: Timeframe, in month: Month) throws(CandleStoreError) -> Commit {
        try commit(try MonthRows(candles, of: symbol, timeframe, in: month), of: symbol)
    }

    /// - Parameter repairing: whether blocks that are damaged may be replaced, by at least as many candles as they held.
    func commit(_ rows: MonthRows, of symbol: Symbol, repairing: Bool = false) throws(CandleStoreError) -> Commit {
        try turn.withLock { _ in Result { () throws(CandleStoreError) in try write(rows, symbol, repairing) } }.get()
    }

    private func write(_ new: MonthRows, _ symbol: Symbol, _ repairing: Bool) throws(CandleStoreError) -> Commit {
        let key = MonthKey(symbol: symbol, timeframe: new.timeframe, month: new.month)
        let old = try present(key, replacedBy: repairing ? new : nil)
        guard let merge = MonthRows.merged(new, over: old) else { throw .digits(symbol, new.month) }
        var result = Commit(added: new.count - merge.shared, replaced: merge.differing, known: merge.shared - merge.differing)
        var kept = merge.rows
        if let derived = try derived(key) {
            guard let overlap = MonthRows.merged(derived, over: new) else { throw .digits(symbol, new.month) }
            kept = kept.without(derived)
            (result.covered, result.differing) = (overlap.shared, overlap.differing)
            result.added = max(0, result.added - overlap.shared)
        }
        try replace(key, by: kept)
        try dropDerived(coarserThan: key)
        return result
    }

    /// What is stored already; damaged blocks are left out if `new` makes up for them, else they are an error.
    private func present(_ key: MonthKey, replacedBy new: MonthRows?) throws(CandleStoreError) -> MonthRows {
        let file: MonthFile?
        do throws(CandleStoreError) { file = try MonthFile(key, in: store.path) } catch {
            guard case .damaged = error, let new, !new.isEmpty else { throw error }
            return MonthRows(key.month, key.timeframe)
        }
        guard let file else { return MonthRows(key.month, key.timeframe) }
        let decoded = file.decode(from: key.month.start, to: key.month.end)
        let open = decoded.damages.filter { damage in
            guard let new, let block = damage.block else { return true }
            let entry = file.blocks[block]
            return new.slots.count { (entry.firstSlot...entry.lastSlot).contains(Int($0)) } < entry.count
        }
        guard open.isEmpty else { throw .damaged(open) }
        return decoded.rows
    }

    /// What finer candles of the month add up to; nil without any.
    private func derived(_ key: MonthKey) throws(CandleStoreError) -> MonthRows? {
        let finer = try store.folder.months(of: key.symbol)[key.month]?.filter { $0 < key.timeframe } ?? []
        guard !finer.isEmpty else { return nil }
        let part = MonthPart(symbol: key.symbol, month: key.month, timeframes: finer, from: key.month.start, to: key.month.end)
        var rows = MonthRows(key.month, key.timeframe)
        _ = try store.layers(part, key.timeframe, into: &rows)
        return rows
    }

    /// Coarser files keep only what finer ones cannot give: if there are finer candles they are the truth.
    private func dropDerived(coarserThan key: MonthKey) throws(CandleStoreError) {
        let coarser = try store.folder.months(of: key.symbol)[key.month]?.filter { $0 > key.timeframe } ?? []
        for timeframe in coarser {
            let key = MonthKey(symbol: key.symbol, timeframe: timeframe, month: key.month)
            // A damaged one is left to `verify` and `repair`.
            guard let file = try? MonthFile(key, in: store.path), let rows = try? file.rows(from: key.month.start, to: key.month.end),
                let derived = try derived(key)
            else { continue }
            let rest = rows.without(derived)
            if rest.count < rows.count { try replace(key, by: rest) }
        }
    }

    private func replace(_ key: MonthKey, by rows: MonthRows) throws(CandleStoreError) {
        let folder = StoreFolder.folder(key.symbol, key.timeframe), name = "\(key.month).candles"
        if rows.isEmpty { return try AtomicFile.remove(name, in: folder, below: store.path) }
        try AtomicFile.write(MonthEncoder.bytes(rows, of: key.symbol), name, in: folder, below: store.path)
    }

    private static func makeFolders(_ path: String) throws(CandleStoreError) {
        var at = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            at += "/\(part)"
            guard mkdir(at, 0o755) == 0 || errno == EEXIST else { throw AtomicFile.fault(at) }
        }
    }
}

extension MonthRows {
    /// Exact candles as rows.
    init(_ candles: [Candle], of symbol: Symbol, _ timeframe: Timeframe, in month: Month) throws(CandleStoreError) {
        self.init(month, timeframe)
        for candle in candles {
            guard let row = CandleRow(candle) else { throw .digits(symbol, month) }
            guard append(row) else { throw fault(row, symbol) }
        }
    }

    /// Why `append` refused a row.
    func fault(_ row: CandleRow, _ symbol: Symbol) -> CandleStoreError {
        let time = Timestamp(milliseconds: row.openTime)
        let fits =
            time >= month.start && time < month.end && time.floored(to: timeframe.duration) == time
            && (slots.last.map { openTime(ofSlot: $0) < time } ?? true)
        return fits ? .digits(symbol, month) : .disorder(symbol, at: time)
    }
}
