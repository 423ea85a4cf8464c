// What is missing or damaged in the store of candles, fetched from an exchange or taken from files.
package import CandleStore
package import Market
import Ports

package struct RepairRun: Sendable {
    /// Candles that were missing or damaged before.
    package let wanted: Int
    /// Those that still are.
    package let left: Int
    /// Blocks that are still damaged.
    package let damages: [StoreDamage]
    /// Why something could not be had.
    package let reasons: [String]
    private let isFetched: Bool

    /// - Parameters:
    ///   - store: its folder; a repair of nothing makes none.
    ///   - symbols: nil for all pairs.
    ///   - files: in place of the exchange; empty to ask it for each gap and each damaged block, and for nothing else.
    ///   - progress: hears how many of the months are done, and which is next.
    package init(
        _ caller: Caller, store: String, _ symbols: [Symbol]?, from source: HistorySource, files: [String],
        _ progress: @escaping @Sendable (RepairItem, _ done: Int, _ all: Int) -> Void
    ) async throws {
        _ = try CandleStore(store)
        let writer = try CandleStoreWriter(store), items = try writer.store.repairs(symbols)
        if files.isEmpty, !items.isEmpty {
            let clock = caller.clock, feed = try source.feed(caller, clock, store: store)
            let result = try await Repair(writer).run(items, from: feed, now: clock.now, onItem: progress)
            reasons = result.failures.map { "\($0.item.symbol) \($0.item.month): \($0.reason)" }
        } else {
            reasons = try files.compactMap { path in
                try Repair(writer).run(items, from: ImportFile(path: path)) == nil ? "\(path): no missing candle can be in this file" : nil
            }
        }
        wanted = items.reduce(0) { $0 + $1.candles }
        left = try writer.store.repairs(symbols).reduce(0) { $0 + $1.candles }
        damages = try writer.store.verify(symbols).damages
        isFetched = files.isEmpty
    }

    /// Why it is not done; nil if it is.
    package var failure: Failure? {
        if let damage = damages.first {
            return Failure(.data, "still damaged: \(damage)\(damages.count > 1 ? " and \(damages.count - 1) more" : "")")
        }
        return isFetched ? reasons.first.map { Failure(.unavailable, "\($0); run it again to go on") } : nil
    }
}
