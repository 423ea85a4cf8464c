// When a position is sold, as a pure fold over closed candles. Inside a candle: a gap fills at the
// open; then the stop or the trailing stop; then targets, rung by rung. The trailing level rises at a
// candle's close from the highest price since entry and acts from the next candle.
public import Kernel
public import Market

/// A sale that has become due.
public struct DueExit: Hashable, Sendable {
    public let reason: ExitReason
    public let quantity: Quantity
    /// Before slippage: the level, or the open if the candle opened beyond it.
    public let price: Price
    public let candle: TriggerCandle
}

public enum ExitRules {
    /// Reads `candles` (ascending, one time frame) that open at or after the fill and were not read
    /// before. Returns the sales due in order, and the watch after the last candle read: after a stop
    /// nothing more is read.
    public static func read(_ candles: [Candle], _ timeframe: Timeframe, for holding: Holding) -> (due: [DueExit], watch: ExitWatch) {
        var state = State(holding: holding)
        let start = max(holding.openedAt, holding.watch.readThrough)
        for candle in candles where candle.openTime >= start {
            state.read(candle, timeframe)
            if state.remaining.isZero { break }
        }
        return (state.due, state.watch)
    }

    private struct State {
        let bracket: Bracket
        let tick: FixedDecimal
        var remaining: Quantity
        var rungs: Int
        var watch: ExitWatch
        var due: [DueExit] = []

        init(holding: Holding) {
            bracket = holding.bracket
            tick = holding.instrument.tickSize
            remaining = holding.remaining
            rungs = holding.rungsFilled
            watch = holding.watch
        }

        mutating func read(_ candle: Candle, _ timeframe: Timeframe) {
            let trigger = TriggerCandle(openTime: candle.openTime, timeframe: timeframe)
            let stop = max(bracket.stop, watch.trailingStop ?? bracket.stop)
            let stopReason: ExitReason = stop > bracket.stop ? .trailingStop : .stopLoss
            if candle.open <= stop {
                sell(remaining, stopReason, at: candle.open, trigger)
            } else {
                takeTargets(reachedBy: candle.open, at: candle.open, trigger)
                if candle.low <= stop {
                    sell(remaining, stopReason, at: stop, trigger)
                } else {
                    takeTargets(reachedBy: candle.high, at: nil, trigger)
                }
            }
            watch.readThrough = candle.openTime + timeframe.duration
            watch.highest = max(watch.highest, candle.high)
            if rungs > 0, !remaining.isZero, let offset = bracket.trailingOffset,
                let level = watch.highest.moved(by: -offset, tick: tick, .nearest)
            {
                watch.trailingStop = max(level, watch.trailingStop ?? level)
            }
        }

        private mutating func takeTargets(reachedBy price: Price, at fixed: Price?, _ trigger: TriggerCandle) {
            while rungs < bracket.rungs.count, bracket.rungs[rungs].price <= price, !remaining.isZero {
                let rung = bracket.rungs[rungs]
                let isLast = rungs == bracket.rungs.count - 1
                sell(isLast ? remaining : min(rung.quantity, remaining), .rung(rungs), at: fixed ?? rung.price, trigger)
                rungs += 1
            }
        }

        private mutating func sell(_ quantity: Quantity, _ reason: ExitReason, at price: Price, _ trigger: TriggerCandle) {
            guard !quantity.isZero else { return }
            due.append(DueExit(reason: reason, quantity: quantity, price: price, candle: trigger))
            remaining = remaining - quantity
        }
    }
}
