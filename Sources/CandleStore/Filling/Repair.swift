// What is missing or damaged, brought back: asked of a venue again or taken from files. A damaged block gives way
// only to at least as many candles as it held; what nobody has stays a gap.
import CandleFiles
public import Kernel
public import Market
public import Ports

/// Candles of one month that are wanted again.
public struct RepairItem: Hashable, Sendable {
    public let symbol: Symbol
    public let timeframe: Timeframe
    public let month: Month
    /// Ascending.
    public let spans: [Range<Timestamp>]
    /// How many candles the spans have room for.
    public var candles: Int { spans.reduce(0) { $0 + Int(($1.upperBound - $1.lowerBound).milliseconds / timeframe.duration.milliseconds) } }
}

public struct RepairResult: Sendable {
    public internal(set) var wanted = 0, found = 0
    /// Items that stayed as they were, each with the reason.
    public internal(set) var failures: [(item: RepairItem, reason: String)] = []
}

extension CandleStore {
    /// What there is to repair, in order: gaps of the finest candles, and damaged blocks of all.
    public func repairs(_ symbols: [Symbol]? = nil) throws(CandleStoreError) -> [RepairItem] {
        var spans: [MonthKey: [Range<Timestamp>]] = [:]
        for symbol in try chosen(symbols) {
            for month in try gaps(of: symbol) where !month.gaps.isEmpty {
                spans[MonthKey(symbol: symbol, timeframe: month.timeframe, month: month.month)] = month.gaps.map { $0.from..<$0.to }
            }
            let finest = try folder.months(of: symbol).compactMapValues(\.first)
            for damage in try verify([symbol]).damages {
                // Damage to the finest candles is among the gaps already, but a lost head loses candles outside the pair's known span too.
                guard let key = MonthKey(file: damage.file), finest[key.month] != key.timeframe || damage.block == nil else { continue }
                spans[key] = damage.block == nil ? [damage.from..<damage.to] : (spans[key] ?? []) + [damage.from..<damage.to]
            }
        }
        return spans.map { RepairItem(symbol: $0.symbol, timeframe: $0.timeframe, month: $0.month, spans: $1) }
            .sorted { ($0.symbol, $0.month, $0.timeframe) < ($1.symbol, $1.month, $1.timeframe) }
    }
}

extension MonthKey {
    /// Reads `BTC-USDT/1m/2024-01.candles`.
    init?(file: String) {
        let parts = file.split(separator: "/")
        guard parts.count == 3, let symbol = Symbol(String(parts[0]).replacing("-", with: "/")),
            let timeframe = Timeframe(rawValue: String(parts[1])),
            parts[2].hasSuffix(".candles"), let month = Month(parts[2].dropLast(8))
        else { return nil }
        self.init(symbol: symbol, timeframe: timeframe, month: month)
    }
}

public struct Repair: Sendable {
    private let writer: CandleStoreWriter
    public init(_ writer: CandleStoreWriter) { self.writer = writer }

    /// Asks a feed for each item; one that fails leaves the others their turn, unless the feed wants to be left alone.
    public func run(_ items: [RepairItem], from feed: any MarketFeed, now: Timestamp, onItem: (RepairItem, Int, Int) -> Void = { _, _, _ in })
        async throws(CandleStoreError) -> RepairResult
    {
        var result = RepairResult()
        for (index, item) in items.enumerated() {
            result.wanted += item.candles
            do {
                let fetcher = Fetcher(feed: feed, symbol: item.symbol, timeframe: item.timeframe)
                var candles: [Candle] = []
                for span in item.spans {
                    candles += try await fetcher.candles(from: span.lowerBound, to: min(span.upperBound, now.floored(to: item.timeframe.duration)))
                }
                try take(candles, item, &result)
            } catch let error as FeedError {
                result.failures.append((item, "\(feed.name): \(error.detail)"))
                if error.kind == .banned || error.kind == .refused { break }
            } catch let error as CandleStoreError {
                guard case .damaged = error else { throw error }
                result.failures.append((item, error.description))
            } catch { preconditionFailure("\(error)") }
            onItem(item, index + 1, items.count)
        }
        return result
    }

    private func take(_ candles: [Candle], _ item: RepairItem, _ result: inout RepairResult) throws(CandleStoreError) {
        guard !candles.isEmpty else { return }
        let commit = try writer.commit(try MonthRows(candles, of: item.symbol, item.timeframe, in: item.month), of: item.symbol, repairing: true)
        result.found += commit.added + commit.replaced
    }

    /// Takes what the items lack from a file of the same pair and interval; nil if no item wants anything of it.
    public func run(_ items: [RepairItem], from file: ImportFile) throws(CandleStoreError) -> ImportResult? {
        let wanted = items.filter { $0.symbol == file.symbol && $0.timeframe == file.timeframe }
        guard !wanted.isEmpty else { return nil }
        return try CandleImport(into: writer).run(file, only: Dictionary(wanted.map { ($0.month, $0.spans) }) { $0 + $1 })
    }
}
