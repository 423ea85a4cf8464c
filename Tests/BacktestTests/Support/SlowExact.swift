// The bot's own rules, candle by candle: `ExitRules` says what is due, `FillCosts` what it brings, `Holding`
// what protects it. What the kernel must agree with to the last unit of money. All histories have the same rows.
@testable import Domain

struct SlowExact {
    struct Trade: Equatable {
        let symbol: Int, entry: Int, exit: Int, price: FixedDecimal, profit: FixedDecimal, rungs: Int, ending: String
    }

    private struct Open {
        var holding: Holding
        let row: Int
        /// Candles before this row are not looked at.
        let first: Int
        var profit: FixedDecimal
        var sellsAtOpen = false
    }

    let markets: [[Row]]
    let instruments: [Instrument]
    let terms: TradeTerms
    let hasExit: Bool
    private(set) var cash: FixedDecimal
    private(set) var trades: [Trade] = []
    private(set) var refused = 0
    private var open: [Open?]
    private var pending: [FixedDecimal?]

    init(_ markets: [[Row]], _ instruments: [Instrument], _ strategy: BoundStrategy) {
        self.markets = markets
        self.instruments = instruments
        terms = strategy.terms
        hasExit = strategy.exit != nil
        cash = terms.capital
        open = markets.map { _ in nil }
        pending = markets.map { _ in nil }
    }

    mutating func run() {
        let rows = markets[0].count
        for row in 0..<rows {
            for symbol in markets.indices {
                if let budget = pending[symbol] {
                    pending[symbol] = nil
                    buy(symbol, row, budget, near: candle(symbol, row).open, at: candle(symbol, row).openTime, first: row)
                }
                look(symbol, row, isLast: row == rows - 1)
            }
            for symbol in markets.indices where markets[symbol][row].volume == 1 && row < rows - 1 {
                let taken = open.count { $0 != nil } + pending.count { $0 != nil }
                guard open[symbol] == nil, pending[symbol] == nil, taken < terms.positions else { continue }
                let budget = equity(row).times(terms.equityShare.value, rounding: .down)
                if terms.moment == .nextOpen { pending[symbol] = budget } else {
                    buy(symbol, row, budget, near: candle(symbol, row).close, at: candle(symbol, row).openTime + .minutes(1), first: row + 1)
                }
            }
        }
    }

    private func equity(_ row: Int) -> FixedDecimal {
        open.enumerated().reduce(cash) { sum, item in
            item.element.map { sum + $0.holding.remaining.value.times(candle(item.offset, row).close.value, rounding: .down) } ?? sum
        }
    }

    private mutating func buy(_ symbol: Int, _ row: Int, _ budget: FixedDecimal, near price: Price, at time: Timestamp, first: Int) {
        let instrument = instruments[symbol]
        guard let paid = terms.costs.executed(.buy, near: price, tick: instrument.tickSize),
              let quantity = Quantity(budget.divided(by: paid.value, rounding: .down))?.flooredToLot(instrument.lotStep) else { refused += 1; return }
        let fill = Fill(id: "1", order: .exit(trade: TradeId(1), number: 0), symbol: instrument.symbol, side: .buy, quantity: quantity, price: paid,
                        fee: Money(quantity.value.times(terms.costs.fee.value, rounding: .up), instrument.symbol.base), time: time)
        let position = Position(pending: TradeId(1), instrument: instrument, cycle: CycleId(hour: time), entryOrder: .exit(trade: TradeId(1), number: 0),
                                panel: "", conviction: .one, isProbe: false, plannedRisk: .zero, plan: terms.bracket)
        guard fill.notional.amount <= cash, let holding = Holding(position: position, fill: fill, time: time) else { refused += 1; return }
        cash = cash - fill.notional.amount
        open[symbol] = Open(holding: holding, row: row, first: first, profit: -fill.notional.amount)
    }

    private mutating func look(_ symbol: Int, _ row: Int, isLast: Bool) {
        guard var state = open[symbol], row >= state.first else { return }
        let candle = candle(symbol, row)
        if state.sellsAtOpen { return sell(symbol, row, &state, state.holding.remaining, near: candle.open, "signal") }
        let (due, watch) = ExitRules.read([candle], .m1, for: state.holding)
        state.holding.watch = watch
        for exit in due {
            if exit.reason.isRung { state.holding.rungsFilled += 1 }
            let ending = exit.reason.isRung ? "target" : exit.reason == .stopLoss ? "stop" : "trailing"
            sell(symbol, row, &state, exit.quantity, near: exit.price, ending)
        }
        open[symbol] = state.holding.remaining.isZero ? nil : state
        guard open[symbol] != nil else { return }
        let isSignal = hasExit && markets[symbol][row].volume == 2
        if isLast || (isSignal && terms.moment == .close) {
            sell(symbol, row, &state, state.holding.remaining, near: candle.close, isSignal ? "signal" : "end")
        } else if isSignal {
            open[symbol]?.sellsAtOpen = true
        }
    }

    private mutating func sell(_ symbol: Int, _ row: Int, _ state: inout Open, _ quantity: Quantity, near price: Price, _ ending: String) {
        let executed = terms.costs.executed(.sell, near: price, tick: instruments[symbol].tickSize)
        let notional = quantity.value.times(executed?.value ?? .zero, rounding: .down)
        let proceeds = notional - notional.times(terms.costs.fee.value, rounding: .up)
        cash = cash + proceeds
        state.profit = state.profit + proceeds
        state.holding.remaining = state.holding.remaining - quantity
        guard state.holding.remaining.isZero else { return }
        open[symbol] = nil
        trades.append(Trade(symbol: symbol, entry: state.row, exit: row, price: executed?.value ?? .zero, profit: state.profit, rungs: state.holding.rungsFilled, ending: ending))
    }

    private func candle(_ symbol: Int, _ row: Int) -> Candle {
        let cents = markets[symbol][row]
        func price(_ value: Int) -> Price {
            guard let price = Price(FixedDecimal(value).divided(by: FixedDecimal(100), rounding: .nearest)) else { preconditionFailure("a test's price") }
            return price
        }
        guard let candle = Candle(openTime: Timestamp(milliseconds: Markets.start + Int64(row) * 60_000), open: price(cents.open), high: price(cents.high),
                                  low: price(cents.low), close: price(cents.close), volume: .zero) else { preconditionFailure("a test's candle") }
        return candle
    }
}
