// The trials of one thread.
import Market
import Strategies

struct TrialRunner: Sendable {
    let plan: TrialPlan
    /// For each history, a mask for each condition of the plan.
    let masks: [[BitMask]]
    let axis: Axis
    /// The places after which days are marked.
    let ends: [Int]
    /// Days without any candle before each of those (`StillDays`).
    let still: [Int]
    let histories: [CandleHistory]

    /// How many trials are handed on at once.
    private static let batch = 64

    /// - Parameter piece: items, those with the same lives behind each other.
    func run(_ piece: [Int], _ counting: (any TrialCounting)?) -> [(Int, TrialOutcome)] {
        let joined = histories.map { MaskTable(masks: 1, rows: $0.count) }
        var caches: [WalkCache?] = [], lives: Int?, marks = DayMarks(ends)
        var finished: [(Int, TrialOutcome)] = [], told = 0
        finished.reserveCapacity(piece.count)
        for index in piece {
            let item = plan.items[index]
            if lives != item.lives {
                lives = item.lives
                // On the venue's grid a bracket depends on what was bought: no two lives are the same.
                caches = histories.map { item.terms.accounting == .plain ? WalkCache(rows: $0.count) : nil }
            }
            let tracks = histories.indices.compactMap { track(item, $0, joined[$0], caches[$0]) }
            finished.append((index, trade(tracks, item.terms, &marks)))
            if finished.count - told == Self.batch { tell(finished[told...], counting); told = finished.count }
        }
        tell(finished[told...], counting)
        return finished
    }

    private func tell(_ finished: ArraySlice<(Int, TrialOutcome)>, _ counting: (any TrialCounting)?) {
        guard let counting, !finished.isEmpty else { return }
        counting.take(finished.map { (plan.items[$0.0].key, Trial(combination: plan.items[$0.0].combination, outcome: $0.1)) })
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

    private func trade(_ tracks: [Track], _ terms: TradeTerms, _ marks: inout DayMarks) -> TrialOutcome {
        guard histories.count == 1, let track = tracks.first else {
            return TrialOutcome(Backtest.trade(tracks, axis, terms, ends: ends, records: false), capital: terms.capital)
        }
        marks.clear()
        let result =
            switch terms.accounting {
            case .plain: track.counts(PlainSettlement(terms), terms.moment, &marks)
            case .exact: track.counts(ExactSettlement(terms), terms.moment, &marks)
            }
        return TrialOutcome(result, equity: marks.equity, still: still, capital: terms.capital)
    }
}
