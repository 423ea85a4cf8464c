// The plain rule once more, candle by candle and without any cleverness: what the kernel must agree with to
// the last digit. All histories have the same rows.

struct SlowPlain {
    struct Trade: Equatable {
        let symbol: Int, entry: Int, entryPrice: Double, exit: Int, exitPrice: Double, why: Int, rungs: Int
    }

    private struct Position {
        var isOpen = false, isPending = false
        var bought = 0.0, held = 0.0, entry = 0.0, stop = 0.0, high = 0.0, cost = 0.0
        var rungs = 0, row = 0
    }

    let markets: [[Row]]
    let signals: [[Bool]]
    let limit: Int
    private(set) var cash = 10_000.0
    private(set) var trades: [Trade] = []

    init(_ markets: [[Row]], signals: [[Bool]], limit: Int) {
        self.markets = markets
        self.signals = signals
        self.limit = limit
    }

    mutating func run() {
        var positions = [Position](repeating: Position(), count: markets.count), taken = 0
        let rows = markets[0].count
        for row in 0..<rows {
            for symbol in markets.indices {
                if positions[symbol].isPending { fill(&positions[symbol], row, symbol) }
                if positions[symbol].isOpen, look(&positions[symbol], row, symbol, isLast: row == rows - 1) { taken -= 1 }
            }
            for symbol in markets.indices where signals[symbol][row] && row < rows - 1 {
                guard !positions[symbol].isOpen, !positions[symbol].isPending, taken < limit else { continue }
                var equity = cash
                for other in markets.indices where positions[other].isOpen {
                    equity += positions[other].held * Double(markets[other][row].close) / 100
                }
                positions[symbol].isPending = true
                positions[symbol].cost = 0.1 * equity
                taken += 1
            }
        }
    }

    private mutating func fill(_ position: inout Position, _ row: Int, _ symbol: Int) {
        let open = Double(markets[symbol][row].open) / 100, cost = position.cost
        position = Position(isOpen: true, bought: cost / open, held: cost / open, entry: open, stop: open * 0.97, high: open, cost: cost, row: row)
        cash -= cost * 1.001
    }

    /// True where it was closed.
    private mutating func look(_ position: inout Position, _ row: Int, _ symbol: Int, isLast: Bool) -> Bool {
        let candle = markets[symbol][row]
        let open = Double(candle.open) / 100, high = Double(candle.high) / 100, low = Double(candle.low) / 100
        let rises = [1.03, 1.05, 1.08], shares = [0.33, 0.33, 0.34]
        var why = 0, price = 0.0
        if low <= position.stop {
            price = min(open, position.stop)
            cash += position.held * price * (1 - 0.001)
            why = 1
        } else {
            while position.rungs < 3, high >= position.entry * rises[position.rungs] {
                price = max(open, position.entry * rises[position.rungs])
                let quantity = position.rungs == 2 ? position.held : position.bought * shares[position.rungs]
                cash += quantity * price * (1 - 0.001)
                position.held -= quantity
                position.rungs += 1
            }
            if position.rungs == 3 {
                why = 2
            } else {
                position.high = max(position.high, high)
                if position.rungs > 0 { position.stop = max(position.stop, position.high * 0.98) }
            }
        }
        guard why > 0 || isLast else { return false }
        if why == 0 {
            price = Double(candle.close) / 100
            cash += position.held * price * (1 - 0.001)
        }
        trades.append(
            Trade(symbol: symbol, entry: position.row, entryPrice: position.entry, exit: row, exitPrice: price, why: why, rungs: position.rungs))
        position = Position()
        return true
    }
}
