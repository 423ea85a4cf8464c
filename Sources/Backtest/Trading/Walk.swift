// The life of a position, from its first candle to its last sale. Nothing but candles decides it, so it is
// walked at once: most candles touch no level and cost two comparisons.
import Market
import Strategies
import Trading

enum LegReason: UInt8 {
    case stop, trailing, rung, signal, end
}

/// One sale: where, at what price before slippage.
struct Leg {
    /// Of the candles that are walked.
    var row: Int32 = 0
    var reason = LegReason.end
    /// True if everything that is left is sold.
    var isLast = false
    var price = 0.0
}

/// All sales of a position in order.
struct Walk {
    var legs = InlineArray<4, Leg>(repeating: Leg())
    var count = 0
    var rungs = 0

    var last: Leg { legs[count - 1] }

    mutating func sell(_ row: Int, _ price: Double, _ reason: LegReason, isLast: Bool) {
        legs[count] = Leg(row: Int32(truncatingIfNeeded: row), reason: reason, isLast: isLast, price: price)
        count += 1
    }
}

struct Walker {
    /// Of the candles that are walked: the strategy's or finer ones.
    private let open, high, low, close: UnsafePointer<Double>
    /// Of the strategy.
    private let rows: Int
    /// nil if the strategy's candles are walked.
    let fine: FineCandles?
    private let order: FillRule.Order
    private let moment: FillRule.Moment
    /// Sells everything; nil if there is no such condition.
    private let exit: BitMask?

    /// - Parameters:
    ///   - candles: of `fine` if there is one.
    ///   - rows: of the strategy's candles.
    init(_ candles: CandlePointers, rows: Int, _ terms: TradeTerms, exit: BitMask?, fine: FineCandles? = nil) {
        self.fine = fine
        open = candles.open
        high = candles.high
        low = candles.low
        close = candles.close
        self.rows = rows
        order = terms.order
        moment = terms.moment
        self.exit = exit
    }

    /// - Parameter first: the strategy's first row whose prices count, never its very first.
    func walk(from first: Int, _ levels: Levels) -> Walk {
        var walk = Walk()
        // The last row that is looked at whole, and what happens after it.
        let signal = exit?.next(from: first) ?? .max, sellsAtOpen = signal < rows - 1 && moment == .nextOpen
        var limit = min(signal, rows - 1), next = sellsAtOpen ? signal + 1 : 0, begin = first
        if let fine {
            // Begin behind the last candle that was closed at the fill: candles in a gap are looked at too.
            begin = fine.end(of: first - 1)
            next = sellsAtOpen ? fine.start(of: next) : 0
            limit = sellsAtOpen ? next - 1 : fine.end(of: limit) - 1
        }
        var stop = levels.stop, row = begin, highest = levels.entry, reason = LegReason.stop
        let trails = levels.trails
        while row <= limit {
            // Until the first rung nothing but its target matters; then every new high lifts the stop.
            let rise = walk.rungs == 0 || !trails ? levels.targets[walk.rungs] : highest.nextUp
            row = quiet(row, limit, stop, rise)
            if row > limit { break }
            if take(row, stop, reason, levels, &walk) { return walk }
            highest = max(highest, high[row])
            if walk.rungs > 0 {
                let level = levels.trailing.level(highest)
                if level > stop {
                    stop = level
                    reason = .trailing
                }
            }
            row &+= 1
        }
        if sellsAtOpen {
            walk.sell(next, open[next], .signal, isLast: true)
        } else {
            // The end comes before what its close would signal.
            walk.sell(limit, close[limit], signal < rows - 1 ? .signal : .end, isLast: true)
        }
        return walk
    }

    /// The first row from `row` to `limit` that touches the stop or reaches `rise`; one past `limit` if none does.
    @inline(__always)
    private func quiet(_ row: Int, _ limit: Int, _ stop: Double, _ rise: Double) -> Int {
        var row = row
        while row <= limit, low[row] > stop, high[row] < rise { row &+= 1 }
        return row
    }

    /// What one candle does; true if nothing is left.
    private func take(_ row: Int, _ stop: Double, _ reason: LegReason, _ levels: Levels, _ walk: inout Walk) -> Bool {
        if open[row] <= stop {
            walk.sell(row, open[row], reason, isLast: true)
            return true
        }
        if order == .openFirst, targets(row, reachedBy: open[row], levels, &walk) { return true }
        if low[row] <= stop {
            walk.sell(row, stop, reason, isLast: true)
            return true
        }
        return targets(row, reachedBy: high[row], levels, &walk)
    }

    private func targets(_ row: Int, reachedBy price: Double, _ levels: Levels, _ walk: inout Walk) -> Bool {
        while walk.rungs < levels.count, levels.targets[walk.rungs] <= price {
            let isLast = walk.rungs == levels.count - 1
            walk.sell(row, max(open[row], levels.targets[walk.rungs]), .rung, isLast: isLast)
            walk.rungs += 1
            if isLast { return true }
        }
        return false
    }
}
