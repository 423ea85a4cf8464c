// The decided rules, candle by candle and without any cleverness: `ExitRules` says what is due, `FillCosts` what it
// brings, `Holding` what protects it. What the kernel must agree with to the last unit of money.
@testable import Kernel
@testable import Market
@testable import Strategies
@testable import Trading

struct SlowExact {
    struct Trade: Equatable {
        let symbol: Int, entry: Int64, exit: Int64, price: FixedDecimal, profit: FixedDecimal, rungs: Int, ending: String
    }

    /// One market on the grid of the strategy's candles; nil where it has none.
    struct Market {
        let instrument: Instrument
        let rows: [Row?]
        /// On the grid of the finer candles, the same number for each row; nil without any.
        var fine: [Row?]?

        var last: Int { rows.lastIndex { $0 != nil } ?? -1 }
    }

    private struct Open {
        var holding: Holding
        let cost: FixedDecimal
        var profit: FixedDecimal
        var sellsAtOpen = false, sellsAtClose = false
    }

    let markets: [Market]
    let terms: TradeTerms
    let hasExit: Bool
    let timeframe: Timeframe, finer: Timeframe
    private(set) var cash: FixedDecimal
    private(set) var trades: [Trade] = []
    private(set) var refused = 0
    private var open: [Open?]
    private var pending: [Open?]

    init(_ markets: [Market], _ strategy: BoundStrategy, _ timeframe: Timeframe, finer: Timeframe = .m1) {
        self.markets = markets
        terms = strategy.terms
        hasExit = strategy.exit != nil
        (self.timeframe, self.finer) = (timeframe, finer)
        cash = terms.capital
        open = markets.map { _ in nil }
        pending = markets.map { _ in nil }
    }

    mutating func run() {
        for slot in markets[0].rows.indices {
            for symbol in markets.indices where markets[symbol].rows[slot] != nil {
                if let order = pending[symbol] {
                    pending[symbol] = nil
                    cash = cash - order.cost
                    open[symbol] = order
                }
                settle(symbol, slot)
                judgeExit(symbol, slot)
            }
            enter(slot)
            for symbol in markets.indices {
                guard var state = open[symbol], state.sellsAtClose else { continue }
                sell(symbol, lastLook(symbol, slot), &state, state.holding.remaining, near: coarse(symbol, slot).close, "signal")
            }
        }
    }

    // MARK: Entries

    private mutating func enter(_ slot: Int) {
        var room = terms.positions - open.count { $0 != nil }, free = cash
        let budget = equity(slot).times(terms.equityShare.value, rounding: .down)
        for symbol in markets.indices where room > 0 {
            guard let row = markets[symbol].rows[slot], row.volume == 1, slot < markets[symbol].last, open[symbol] == nil else { continue }
            let end = time(slot + 1), isNext = terms.moment == .nextOpen
            guard !isNext || markets[symbol].rows[slot + 1] != nil,
                let order = order(symbol, budget, near: isNext ? coarse(symbol, slot + 1).open : coarse(symbol, slot).close, at: end),
                order.cost <= free
            else {
                refused += 1
                continue
            }
            room -= 1
            free = free - order.cost
            if isNext {
                pending[symbol] = order
            } else {
                cash = cash - order.cost
                open[symbol] = order
            }
        }
    }

    private func equity(_ slot: Int) -> FixedDecimal {
        open.enumerated().reduce(cash) { sum, item in
            guard let state = item.element, let last = markets[item.offset].rows[...slot].lastIndex(where: { $0 != nil }) else { return sum }
            return sum + state.holding.remaining.value.times(coarse(item.offset, last).close.value, rounding: .down)
        }
    }

    private func order(_ symbol: Int, _ budget: FixedDecimal, near price: Price, at time: Timestamp) -> Open? {
        let instrument = markets[symbol].instrument
        guard let paid = terms.costs.executed(.buy, near: price, tick: instrument.tickSize),
            let quantity = Quantity(budget.divided(by: paid.value, rounding: .down))?.flooredToLot(instrument.lotStep)
        else { return nil }
        let fill = Fill(
            id: "1", order: .exit(.none, TradeId(1), number: 0), symbol: instrument.symbol, side: .buy, quantity: quantity, price: paid,
            fee: Money(quantity.value.times(terms.costs.fee.value, rounding: .up), instrument.symbol.base), time: time)
        let position = Position(
            pending: TradeId(1), instrument: instrument, cycle: CycleId(hour: time), entryOrder: .exit(.none, TradeId(1), number: 0),
            panel: "", conviction: .one, isProbe: false, plannedRisk: .zero, plan: terms.bracket)
        guard let holding = Holding(position: position, entry: Executed(fill)) else { return nil }
        return Open(holding: holding, cost: fill.notional.amount, profit: -fill.notional.amount)
    }

    // MARK: Exits

    /// What the candles since the last look and this slot's do.
    private mutating func settle(_ symbol: Int, _ slot: Int) {
        guard open[symbol] != nil else { return }
        let before = markets[symbol].rows[..<slot].lastIndex { $0 != nil } ?? slot
        let gap = ((before + 1)..<max(before + 1, slot)).flatMap { fine(symbol, $0) }
        read(symbol, gap, finer)
        guard var state = open[symbol] else { return }
        if state.sellsAtOpen { return sell(symbol, time(slot), &state, state.holding.remaining, near: coarse(symbol, slot).open, "signal") }
        if isWhole(symbol, slot) { read(symbol, fine(symbol, slot), finer) } else { read(symbol, [coarse(symbol, slot)], timeframe) }
    }

    private mutating func read(_ symbol: Int, _ candles: [Candle], _ timeframe: Timeframe) {
        guard var state = open[symbol] else { return }
        let (due, watch) = ExitRules.read(candles, timeframe, for: state.holding)
        state.holding.watch = watch
        for exit in due {
            if exit.reason.isRung { state.holding.rungsFilled += 1 }
            sell(
                symbol, exit.candle.openTime, &state, exit.quantity, near: exit.price,
                exit.reason.isRung ? "target" : exit.reason == .stopLoss ? "stop" : "trailing")
        }
        open[symbol] = state.holding.remaining.isZero ? nil : state
    }

    private mutating func judgeExit(_ symbol: Int, _ slot: Int) {
        guard var state = open[symbol] else { return }
        let isSignal = hasExit && markets[symbol].rows[slot]?.volume == 2
        if slot == markets[symbol].last {
            sell(symbol, lastLook(symbol, slot), &state, state.holding.remaining, near: coarse(symbol, slot).close, "end")
        } else if isSignal {
            open[symbol]?.sellsAtClose = terms.moment == .close
            open[symbol]?.sellsAtOpen = terms.moment == .nextOpen
        }
    }

    private mutating func sell(_ symbol: Int, _ time: Timestamp, _ state: inout Open, _ quantity: Quantity, near price: Price, _ ending: String) {
        let executed = terms.costs.executed(.sell, near: price, tick: markets[symbol].instrument.tickSize)
        let notional = quantity.value.times(executed?.value ?? .zero, rounding: .down)
        let proceeds = notional - notional.times(terms.costs.fee.value, rounding: .up)
        cash = cash + proceeds
        state.profit = state.profit + proceeds
        state.holding.remaining = state.holding.remaining - quantity
        guard state.holding.remaining.isZero else { return }
        open[symbol] = nil
        trades.append(
            Trade(
                symbol: symbol, entry: state.holding.openedAt.milliseconds, exit: time.milliseconds, price: executed?.value ?? .zero,
                profit: state.profit,
                rungs: state.holding.rungsFilled, ending: ending))
    }

    // MARK: Candles

    private var parts: Int { Int(timeframe.duration.milliseconds / finer.duration.milliseconds) }
    private func time(_ slot: Int) -> Timestamp { Timestamp(milliseconds: Markets.start + Int64(slot) * timeframe.duration.milliseconds) }

    private func isWhole(_ symbol: Int, _ slot: Int) -> Bool { markets[symbol].fine != nil && fine(symbol, slot).count == parts }

    /// The opening of the last candle that is looked at in a slot.
    private func lastLook(_ symbol: Int, _ slot: Int) -> Timestamp { isWhole(symbol, slot) ? time(slot + 1) - finer.duration : time(slot) }

    private func fine(_ symbol: Int, _ slot: Int) -> [Candle] {
        guard let rows = markets[symbol].fine else { return [] }
        return (0..<parts).compactMap { part in rows[slot * parts + part].map { candle($0, at: time(slot) + finer.duration * part) } }
    }

    private func coarse(_ symbol: Int, _ slot: Int) -> Candle {
        guard let row = markets[symbol].rows[slot] else { preconditionFailure("no candle there") }
        return candle(row, at: time(slot))
    }

    private func candle(_ cents: Row, at time: Timestamp) -> Candle {
        func price(_ value: Int) -> Price {
            guard let price = Price(FixedDecimal(value).divided(by: FixedDecimal(100), rounding: .nearest)) else {
                preconditionFailure("a test's price")
            }
            return price
        }
        guard
            let candle = Candle(
                openTime: time, open: price(cents.open), high: price(cents.high), low: price(cents.low), close: price(cents.close), volume: .zero)
        else { preconditionFailure("a test's candle") }
        return candle
    }
}
