// The trials of one thread.
import Domain

struct TrialRunner {
    let plan: TrialPlan
    /// For each history, a mask for each condition of the plan.
    let masks: [[BitMask]]
    /// nil for one history.
    let axis: Axis?
    let histories: [CandleHistory]

    func run(_ piece: Range<Int>) -> [Trial] {
        // Lives of positions are kept while items with the same ones follow each other.
        let order = piece.sorted { (plan.items[$0].lives, $0) < (plan.items[$1].lives, $1) }
        let joined = histories.map { MaskTable(masks: 1, rows: $0.count) }
        var caches: [WalkCache?] = [], lives: Int?
        var trials = [Trial?](repeating: nil, count: piece.count)
        for index in order {
            let item = plan.items[index]
            if lives != item.lives {
                lives = item.lives
                // On the venue's grid a bracket depends on what was bought: no two lives are the same.
                caches = histories.map { item.terms.accounting == .plain ? WalkCache(rows: $0.count) : nil }
            }
            let tracks = histories.indices.compactMap { track(item, $0, joined[$0], caches[$0]) }
            let result = trade(tracks, item.terms)
            trials[index - piece.lowerBound] = Trial(combination: item.combination, finalEquity: result.finalEquity, trades: result.tradeCount)
        }
        return trials.compactMap { $0 }
    }

    private func track(_ item: TrialPlan.Item, _ index: Int, _ joined: MaskTable, _ cache: WalkCache?) -> Track? {
        let history = histories[index], masks = masks[index], words = joined.mutable(0)
        guard let candles = CandlePointers(history), let first = item.entry.first else { return nil }
        words.update(from: masks[first].words, count: joined.words)
        for other in item.entry.dropFirst() {
            let part = masks[other].words
            for word in 0..<joined.words { words[word] &= part[word] }
        }
        let walker = Walker(candles, rows: history.count, item.terms, exit: item.exit.map { masks[$0] })
        return Track(history: history, entry: joined.mask(0), walker: walker, cache: cache)
    }

    private func trade(_ tracks: [Track], _ terms: TradeTerms) -> BacktestResult {
        if let axis { return Backtest.trade(tracks, axis, terms, records: false) }
        guard let track = tracks.first else { return BacktestResult() }
        return switch terms.accounting {
        case .plain: track.counts(PlainSettlement(terms), terms.moment)
        case .exact: track.counts(ExactSettlement(terms), terms.moment)
        }
    }
}
