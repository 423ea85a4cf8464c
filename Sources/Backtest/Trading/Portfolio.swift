// Money over time: who buys when, with what, and what becomes of it. The loop goes from event to event:
// a fill, a sale, or a signal while there is room; between them nothing can change.
import Domain

/// A history with what its signals say.
struct Track {
    let history: CandleHistory
    let entry: BitMask
    let walker: Walker
    let cache: WalkCache?
}

struct Portfolio<Book: Settlement> {
    private struct Holding {
        let track: Int
        /// The row of the fill.
        let row: Int
        let budget: Book.Value
        /// nil until the fill.
        var lot: Book.Lot?
        var entry = 0.0
        var walk = Walk()
        var leg = 0
        /// The place of its next event.
        var due: Int
    }

    private let tracks: [Track]
    private let axis: Axis
    private let terms: TradeTerms
    private let ends: [Int]
    private let records: Bool
    private let limit: Int
    private var book: Book
    /// In the order of tracks.
    private var open: [Holding] = []
    /// For each track, the place of its next signal at or after the place last looked at.
    private var signals: [Int]
    private var result = BacktestResult()

    /// - Parameters:
    ///   - ends: the places of the line after which equity is marked.
    ///   - records: whether trades are kept and signals counted.
    init(_ tracks: [Track], _ axis: Axis, _ terms: TradeTerms, _ book: Book, ends: [Int], records: Bool) {
        self.tracks = tracks
        self.axis = axis
        self.terms = terms
        self.book = book
        self.ends = ends
        self.records = records
        limit = min(terms.positions, tracks.count)
        signals = tracks.indices.map { axis.place($0, row: tracks[$0].entry.next(from: 0)) }
        open.reserveCapacity(limit)
    }

    mutating func run() -> BacktestResult {
        var marks = ends[...]
        var place = 0
        while true {
            var event = Int.max
            for holding in open { event = min(event, holding.due) }
            if open.count < limit { event = min(event, nextSignal(from: place)) }
            while let mark = marks.first, mark < event { self.mark(mark); marks.removeFirst() }
            guard event < .max else { break }
            settle(event)
            if open.count < limit { enter(event) }
            while let mark = marks.first, mark == event { self.mark(mark); marks.removeFirst() }
            place = event + 1
        }
        result.finalEquity = Book.decimal(book.cash)
        result.rows = tracks.reduce(0) { $0 + $1.history.count }
        if records { result.signals = tracks.reduce(0) { $0 + $1.entry.population } }
        return result
    }

    private mutating func nextSignal(from place: Int) -> Int {
        var next = Int.max
        for track in signals.indices {
            if signals[track] < place { signals[track] = axis.place(track, row: tracks[track].entry.next(from: axis.row(track, place: place - 1) + 1)) }
            next = min(next, signals[track])
        }
        return next
    }

    /// Fills and sales that are due, in the order of tracks.
    private mutating func settle(_ place: Int) {
        var index = 0
        while index < open.count {
            if open[index].due == place {
                if open[index].lot == nil, !fill(index) { open.remove(at: index); continue }
                if sales(index, place) { open.remove(at: index); continue }
            }
            index += 1
        }
    }

    /// True where it was bought.
    private mutating func fill(_ index: Int) -> Bool {
        let track = tracks[open[index].track], row = open[index].row
        let price = terms.moment == .nextOpen ? track.history.open[row] : track.history.close[row]
        guard let (lot, levels) = book.buy(open[index].budget, near: price, track.history) else {
            result.refused += 1
            return false
        }
        let first = terms.moment == .nextOpen ? row : row + 1
        open[index].lot = lot
        open[index].entry = levels.entry
        open[index].walk = track.cache?.walk(track.walker, from: first, levels) ?? track.walker.walk(from: first, levels)
        open[index].due = axis.place(open[index].track, row: Int(open[index].walk.legs[0].row))
        return true
    }

    /// Books the sales of a holding at a place; true where nothing is left.
    private mutating func sales(_ index: Int, _ place: Int) -> Bool {
        guard var lot = open[index].lot else { return false }
        let number = open[index].track, history = tracks[number].history
        while open[index].leg < open[index].walk.count {
            let leg = open[index].walk.legs[open[index].leg]
            let due = axis.place(number, row: Int(leg.row))
            guard due == place else {
                open[index].due = due
                open[index].lot = lot
                return false
            }
            let price = book.sell(&lot, leg, history)
            open[index].leg += 1
            if leg.isLast { close(open[index], lot, leg, price) }
        }
        return true
    }

    private mutating func close(_ holding: Holding, _ lot: Book.Lot, _ leg: Leg, _ price: Double) {
        result.tradeCount += 1
        guard records else { return }
        let (quantity, profit) = book.facts(lot), history = tracks[holding.track].history
        if Book.double(profit) > 0 { result.wins += 1 }
        result.trades.append(BacktestTrade(
            instrument: holding.track, entry: moment(of: holding.row, history), entryPrice: holding.entry,
            exit: Timestamp(milliseconds: history.openTime[Int(leg.row)]), exitPrice: price, ending: leg.reason.ending, rungs: holding.walk.rungs,
            quantity: quantity, profit: Book.decimal(profit)))
    }

    /// When an order of a row fills.
    private func moment(of row: Int, _ history: CandleHistory) -> Timestamp {
        let open = Timestamp(milliseconds: history.openTime[row])
        return terms.moment == .nextOpen ? open : open + history.timeframe.duration
    }

    private mutating func enter(_ place: Int) {
        for track in tracks.indices where signals[track] <= place {
            if signals[track] < place { signals[track] = axis.place(track, row: tracks[track].entry.next(from: axis.row(track, place: place - 1) + 1)) }
            guard signals[track] == place, !open.contains(where: { $0.track == track }) else { continue }
            let row = axis.row(track, place: place)
            guard row < tracks[track].history.count - 1 else { continue }
            let fillRow = terms.moment == .nextOpen ? row + 1 : row
            let holding = Holding(track: track, row: fillRow, budget: book.budget(equity(place)), due: axis.place(track, row: fillRow))
            let index = open.firstIndex { $0.track > track } ?? open.count
            open.insert(holding, at: index)
            if terms.moment == .close, !fill(index) { open.remove(at: index) }
            if open.count == limit { return }
        }
    }

    /// Free money and what is held at the last closes.
    private func equity(_ place: Int) -> Book.Value {
        var sum = book.cash
        for holding in open {
            guard let lot = holding.lot else { continue }
            let history = tracks[holding.track].history
            sum += book.worth(lot, at: history.close[axis.row(holding.track, place: place)], history)
        }
        return sum
    }

    private mutating func mark(_ place: Int) {
        result.marks.append(EquityMark(time: Timestamp(milliseconds: axis.time(place)), equity: Book.double(equity(place))))
    }
}

extension LegReason {
    var ending: BacktestTrade.Ending {
        switch self {
        case .stop: .stop
        case .trailing: .trailing
        case .rung: .target
        case .signal: .signal
        case .end: .end
        }
    }
}
