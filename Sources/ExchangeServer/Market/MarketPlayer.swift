// Plays candles as a moving market: which price each instrument has at each moment of the venue's clock.
// The path may run faster than the clock; a price that was set by hand moves the rest of the path with it.
import Kernel
import Market
import Matching
import Trading

struct MarketPlayer: Sendable {
    /// One move of one instrument.
    struct Move: Hashable, Sendable {
        /// By the venue's clock.
        let time: Timestamp
        let symbol: Symbol
        let price: Price
        /// Traded by this move.
        let volume: Quantity
        /// Traded in a minute: what the book's depth is made from.
        let perMinute: Quantity
    }

    private let history: MarketHistory
    private let speed: Int64
    /// When the venue opened, by its clock and by the history's.
    private let opened: Timestamp
    private let openedPath: Timestamp
    /// Venue time minus history time, up to the opening.
    let shift: TimeSpan
    private var queue: ArraySlice<(time: Timestamp, move: Move)> = []
    private var loadedUntil: Timestamp
    /// What the path's prices are multiplied by; held prices do not move at all.
    private var factors: [Symbol: FixedDecimal] = [:]
    private var held: Set<Symbol> = []

    /// The first moves are those of the hour the venue opens in, from its beginning.
    init(history: MarketHistory, opened: Timestamp, start: Timestamp?, speed: Int) {
        self.history = history
        self.speed = Int64(max(1, speed))
        self.opened = opened
        let hour = opened.floored(to: .hours(1))
        let path = (start ?? hour).floored(to: .hours(1))
        shift = hour - path
        openedPath = opened - shift
        loadedUntil = path
    }

    /// The moves that are due at a moment of the venue's clock, in order of time, then of symbol.
    mutating func due(at now: Timestamp) -> [Move] {
        let end = now <= opened ? now - shift : openedPath + TimeSpan(milliseconds: (now - opened).milliseconds * speed)
        while loadedUntil <= end { load() }
        var moves: [Move] = []
        while let next = queue.first, next.time <= end {
            queue.removeFirst()
            if let move = adjusted(next.move) { moves.append(move) }
        }
        return moves
    }

    /// Sets an instrument's price by hand; from there the path goes on with its own moves, or stands.
    mutating func set(_ symbol: Symbol, to price: Price, from old: Price?, hold: Bool) {
        if hold { held.insert(symbol) } else { held.remove(symbol) }
        guard let old, let factor = price.value.checkedDivided(by: old.value, rounding: .nearest) else { return }
        factors[symbol] = (factors[symbol] ?? .one).checkedTimes(factor, rounding: .nearest)
    }

    private func adjusted(_ move: Move) -> Move? {
        guard !held.contains(move.symbol) else { return nil }
        guard let factor = factors[move.symbol] else { return move }
        guard let tick = history.rules.first(where: { $0.symbol == move.symbol })?.price.step,
            let value = move.price.value.checkedTimes(factor, rounding: .nearest),
            let price = Price(max(tick, value.rounded(toMultipleOf: tick, .nearest)))
        else { return nil }
        return Move(time: move.time, symbol: move.symbol, price: price, volume: move.volume, perMinute: move.perMinute)
    }

    /// The next hour of minute candles, the next day of longer ones.
    private mutating func load() {
        let step = history.step.duration, block: TimeSpan = history.step <= .m5 ? .hours(1) : .days(1)
        let end = loadedUntil + block
        // Minutes are walked in twelve steps, longer candles in one for each minute, at most sixty.
        let minutes = Int(step.milliseconds / 60_000), count = minutes == 1 ? 12 : min(60, max(12, minutes))
        var loaded: [(time: Timestamp, move: Move)] = []
        for rules in history.rules {
            guard let tick = rules.price.step else { continue }
            let lot = rules.lot.step ?? .unit(places: 8)
            for candle in history.candles(rules.symbol, history.step, loadedUntil, end, .max) {
                let volume = share(candle.volume, of: count, lot), perMinute = share(candle.volume, of: minutes, lot)
                for step in CandlePath(candle, length: step, tick: tick, count: count).steps {
                    let time = candle.openTime + step.offset
                    loaded.append((time, Move(time: venueTime(time), symbol: rules.symbol, price: step.price, volume: volume, perMinute: perMinute)))
                }
            }
        }
        loaded.sort { ($0.time, $0.move.symbol) < ($1.time, $1.move.symbol) }
        queue = queue + loaded
        loadedUntil = end
    }

    private func share(_ volume: Quantity, of parts: Int, _ lot: FixedDecimal) -> Quantity {
        Quantity(volume.value.divided(by: FixedDecimal(parts), rounding: .down).rounded(toMultipleOf: lot, .down)) ?? .zero
    }

    private func venueTime(_ path: Timestamp) -> Timestamp {
        path <= openedPath ? path + shift : opened + TimeSpan(milliseconds: (path - openedPath).milliseconds / speed)
    }
}
