// What tick and lot a stored pair is assumed to have: read from the heads of all its months, so that a run over one of them
// trades by the same rules as a run over all.
import CandleFiles
import Market

extension CandleStore {
    /// The rules that all candles of a pair, of every interval, lead to. Heads alone are read; a damaged one tells nothing, and `verify` names it.
    func assumedRules(_ symbol: Symbol) throws(CandleStoreError) -> AssumedRules {
        var rules = AssumedRules()
        for (month, timeframes) in try folder.months(of: symbol) {
            for timeframe in timeframes {
                do throws(CandleStoreError) {
                    if let more = try assumedRules(MonthKey(symbol: symbol, timeframe: timeframe, month: month)) { rules.add(more) }
                } catch { guard case .damaged = error else { throw error } }
            }
        }
        return rules
    }

    /// nil if the month has gone.
    private func assumedRules(_ key: MonthKey) throws(CandleStoreError) -> AssumedRules? {
        guard let head = try MonthFile.head(key, in: path) else { return nil }
        if let magnitude = head.magnitude {
            return AssumedRules(pricePlaces: head.pricePlaces, volumePlaces: head.volumePlaces, magnitude: magnitude)
        }
        // The head was written before heads held this: it is read from the candles.
        guard let rows = try MonthFile(key, in: path)?.decode(from: key.month.start, to: key.month.end).rows else { return nil }
        return AssumedRules(pricePlaces: head.pricePlaces, volumePlaces: head.volumePlaces, magnitude: rows.magnitude)
    }
}

extension MonthRows {
    /// The magnitude of the highest price.
    var magnitude: Int { AssumedRules.magnitude(high.max() ?? 0, places: pricePlaces) }
}
