// Money over time: who buys when, with what, and what becomes of it. The loop goes from event to event: a fill, a
// sale, or a signal while there is room; between them nothing can change. At each event what has happened within its
// candles is settled, then signals are judged at their close, with the room and the money that are there.
import Kernel
import Market
import Strategies

/// A history with what its signals say.
struct Track {
    let history: CandleHistory
    let entry: BitMask
    let walker: Walker
    let cache: WalkCache?

    /// The candles that a walk's rows are of.
    private var walked: CandleHistory { walker.fine?.candles ?? history }
    /// The row of the history with which a sale is booked.
    func row(of leg: Leg) -> Int { walker.fine?.row(of: Int(leg.row)) ?? Int(leg.row) }
    func openTime(of leg: Leg) -> Timestamp { Timestamp(milliseconds: walked.openTime[Int(leg.row)]) }
    func closeTime(of leg: Leg) -> Timestamp { walker.fine?.closeTime(Int(leg.row)) ?? openTime(of: leg) + history.timeframe.duration }

    func walk(from first: Int, _ levels: Levels) -> Walk { cache?.walk(walker, from: first, levels) ?? walker.walk(from: first, levels) }

    /// Whether the next candle follows this row's, so that its open is a price in time.
    @inline(__always)
    func isFollowed(_ row: Int) -> Bool { history.openTime[row &+ 1] &- history.openTime[row] == history.timeframe.duration.milliseconds }
}

struct Portfolio<Purse: Settlement> {
    private struct OpenTrade {
        let track: Int
        /// The row of the fill.
        let row: Int
        let cost: Purse.Value
        let entry: Double
        let walk: Walk
        var lot: Purse.Lot
        var isBought = false
        /// The next one of the walk.
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
    private var book: Purse
    /// In the order of tracks.
    private var open: [OpenTrade] = []
    /// For each track, the place of its next signal at or after the place last looked at.
    private var signals: [Int]
    private var result = BacktestResult()

    /// - Parameters:
    ///   - ends: the places of the line after which equity is marked.
    ///   - records: whether trades are kept and signals counted.
    init(_ tracks: [Track], _ axis: Axis, _ terms: TradeTerms, _ book: Purse, ends: [Int], records: Bool) {
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
            // Money from the close's own exit signals is there from the next candle on.
            settle(event, signals: terms.moment == .nextOpen)
            if open.count < limit { enter(event) }
            if terms.moment == .close { settle(event, signals: true) }
            while let mark = marks.first, mark == event { self.mark(mark); marks.removeFirst() }
            place = event + 1
        }
        result.finalEquity = Purse.decimal(book.cash)
        result.rows = tracks.reduce(0) { $0 + $1.history.count }
        if records { result.signals = tracks.reduce(0) { $0 + $1.entry.population } }
        return result
    }

    private mutating func nextSignal(from place: Int) -> Int {
        var next = Int.max
        for track in signals.indices {
            if signals[track] < place {
                signals[track] = axis.place(track, row: tracks[track].entry.next(from: axis.row(track, place: place - 1) + 1))
            }
            next = min(next, signals[track])
        }
        return next
    }

    /// Fills and sales that are due, in the order of tracks.
    private mutating func settle(_ place: Int, signals: Bool) {
        var index = 0
        while index < open.count {
            if open[index].due == place {
                if !open[index].isBought { pay(index) }
                if sales(index, place, signals) { open.remove(at: index); continue }
            }
            index += 1
        }
    }

    private mutating func pay(_ index: Int) {
        book.pay(open[index].cost)
        open[index].isBought = true
        open[index].due = due(open[index])
    }

    /// Where the next sale is booked.
    private func due(_ holding: OpenTrade) -> Int { axis.place(holding.track, row: tracks[holding.track].row(of: holding.walk.legs[holding.leg])) }

    /// Books the sales of a holding at a place; true if nothing is left.
    private mutating func sales(_ index: Int, _ place: Int, _ signals: Bool) -> Bool {
        while open[index].leg < open[index].walk.count {
            open[index].due = due(open[index])
            let leg = open[index].walk.legs[open[index].leg]
            guard open[index].due == place, signals || leg.reason != .signal else { return false }
            let price = book.sell(&open[index].lot, leg, tracks[open[index].track].history)
            open[index].leg += 1
            if leg.isLast { close(open[index], leg, price) }
        }
        return true
    }

    private mutating func close(_ holding: OpenTrade, _ leg: Leg, _ price: Double) {
        result.tradeCount += 1
        guard records else { return }
        let (quantity, profit, dust) = book.facts(holding.lot), track = tracks[holding.track]
        if Purse.double(profit) > 0 { result.wins += 1 }
        result.trades.append(
            BacktestTrade(
                instrument: holding.track, entry: moment(of: holding.row, track.history), entryPrice: holding.entry, exit: track.openTime(of: leg),
                closed: track.closeTime(of: leg),
                exitPrice: price, ending: leg.reason.ending, rungs: holding.walk.rungs, quantity: quantity, profit: Purse.decimal(profit), dust: dust)
        )
    }

    /// When an order of a row fills.
    private func moment(of row: Int, _ history: CandleHistory) -> Timestamp {
        let open = Timestamp(milliseconds: history.openTime[row])
        return terms.moment == .nextOpen ? open : open + history.timeframe.duration
    }

    /// Judges the signals of a close: room and money are what is there before any of them trades, less what those before it take.
    private mutating func enter(_ place: Int) {
        var room = limit - open.count, free = book.cash, budget: Purse.Value?
        for track in tracks.indices where signals[track] <= place {
            if signals[track] < place {
                signals[track] = axis.place(track, row: tracks[track].entry.next(from: axis.row(track, place: place - 1) + 1))
            }
            guard signals[track] == place, !open.contains(where: { $0.track == track }) else { continue }
            let row = axis.row(track, place: place)
            guard row < tracks[track].history.count - 1 else { continue }
            let share = budget ?? book.budget(equity(place))
            budget = share
            do throws(Refusal) {
                let holding = try order(track, row, share, free)
                free -= holding.cost
                let index = open.firstIndex { $0.track > track } ?? open.count
                open.insert(holding, at: index)
                if terms.moment == .close { pay(index) }
                room -= 1
                if room == 0 { return }
            } catch { result.refusals.add(error) }
        }
    }

    /// What a signal at a row buys.
    private func order(_ number: Int, _ row: Int, _ budget: Purse.Value, _ free: Purse.Value) throws(Refusal) -> OpenTrade {
        let track = tracks[number], atOpen = terms.moment == .nextOpen, fill = atOpen ? row + 1 : row
        guard !atOpen || track.isFollowed(row) else { throw .noPrice }
        guard let purchase = book.purchase(budget, near: atOpen ? track.history.open[fill] : track.history.close[fill], track.history) else {
            throw .tooSmall
        }
        guard purchase.cost <= free else { throw .noMoney }
        return OpenTrade(
            track: number, row: fill, cost: purchase.cost, entry: purchase.levels.entry, walk: track.walk(from: row + 1, purchase.levels),
            lot: purchase.lot, due: axis.place(number, row: fill))
    }

    /// Free money and what is held at the last closes.
    private func equity(_ place: Int) -> Purse.Value {
        var sum = book.cash
        for holding in open where holding.isBought {
            let history = tracks[holding.track].history
            sum += book.worth(holding.lot, at: history.close[axis.row(holding.track, place: place)], history)
        }
        return sum
    }

    private mutating func mark(_ place: Int) {
        result.marks.append(EquityMark(time: Timestamp(milliseconds: axis.time(place)), equity: Purse.double(equity(place))))
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
