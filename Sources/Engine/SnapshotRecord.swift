// How a snapshot is remembered: new candles only, compressed, by content hash, and a hash that chains
// this picture of the market to the one before.
import Analysis
import Events
import Kernel
import Market
import Ports
import Trading

struct SnapshotRecord {
    let parts: Parts
    let snapshot: MarketSnapshot
    let cycle: CycleId
    let receivedAt: Timestamp

    func prepare(after previous: SnapshotBookmark?) -> (event: SnapshotTaken, blobs: [Blob]) {
        let candles = newCandles(after: previous)
        let hash = parts.hash(Array((previous?.hash ?? "").utf8) + candles)
        let candleHash = parts.hash(candles)
        var blobs = [Blob(hash: candleHash, bytes: parts.compress(candles))]
        var contextHash: String?
        if !snapshot.news.isEmpty {
            let context = newsText()
            contextHash = parts.hash(context)
            blobs.append(Blob(hash: contextHash ?? "", bytes: parts.compress(context)))
        }
        let rows = snapshot.views.map { view in
            SnapshotTaken.Row(
                symbol: view.symbol, last: view.ticker.last, bid: view.ticker.bid, ask: view.ticker.ask,
                quoteVolume: view.ticker.quoteVolume, change: view.ticker.change,
                newestCandle: view.candles.last?.openTime ?? snapshot.asOf, candles: view.candles.count,
                tickerTime: view.ticker.time)
        }
        let event = SnapshotTaken(
            cycle: cycle, asOf: snapshot.asOf, receivedAt: receivedAt, hash: hash, candleBlob: candleHash,
            contextBlob: contextHash, sources: snapshot.sources, universe: snapshot.universe, offered: rows,
            sentiment: snapshot.sentiment, newsIds: snapshot.news.map(\.id), regime: Regime.tags(snapshot))
        return (event, blobs)
    }

    /// One line a candle: symbol, open time, open, high, low, close, volume.
    private func newCandles(after previous: SnapshotBookmark?) -> [UInt8] {
        var bytes: [UInt8] = []
        for view in snapshot.views {
            let name = view.symbol.description, known = previous?.newest[name]
            for candle in view.candles where known.map({ candle.openTime > $0 }) ?? true { CandleText.append(candle, name, to: &bytes) }
        }
        return bytes
    }

    /// One headline after another, fields separated by control characters that no field can contain.
    private func newsText() -> [UInt8] {
        var bytes: [UInt8] = []
        for item in snapshot.news {
            for field in [item.id, item.source, item.publishedAt.iso8601, item.link, item.title] {
                bytes += field.utf8.filter { $0 >= 32 }
                bytes.append(31)
            }
            bytes.append(30)
        }
        return bytes
    }
}

/// The market's mood from the snapshot alone.
enum Regime {
    static func tags(_ snapshot: MarketSnapshot) -> RegimeTags {
        let day = snapshot.views.compactMap { view -> (change: Double, volatility: Double)? in
            let closes = view.columns.close.suffix(25)
            guard closes.count == 25, let first = closes.first, let last = closes.last else { return nil }
            let returns = zip(closes, closes.dropFirst()).map { $1 / $0 - 1 }
            let mean = returns.reduce(0, +) / 24
            let variance = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 23
            return (last / first - 1, variance.squareRoot())
        }
        return RegimeTags(version: 1, breadth: median(day.map(\.change)), volatility: median(day.map(\.volatility)))
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    }
}
