// The whole venue as one value: the core with everybody's orders and money, the market that moves it, and
// what the venue counts and knows. Requests change it one after the other.
import Kernel
import Market
import Matching
import Trading

struct VenueState: Sendable {
    var settings: VenueSettings
    let opened: Timestamp
    /// By the venue's clock, with its error.
    private(set) var now: Timestamp
    /// How far the venue's clock is wrong on purpose.
    var skew = TimeSpan(milliseconds: 0)
    var core: MatchingCore
    var counts: RequestCounts
    private(set) var tape: MarketTape
    var player: MarketPlayer
    var faults = FaultPlan()
    /// Numbers of the ids the venue gives.
    var nextId: UInt64 = 0
    private(set) var updateId: Int64 = 1
    /// By the joined name.
    private(set) var symbols: [String: Symbol] = [:]
    /// In symbol order.
    let traded: [Symbol]
    let currencies: [Currency]
    /// How much the market offers on each level instead of what its volume says; zero levels: nothing.
    var depthOverride: [Symbol: (levels: Int, quantity: Quantity)] = [:]
    /// What was traded in the latest minute.
    private var perMinute: [Symbol: Quantity] = [:]
    private var notedTrades: [Symbol: Int] = [:]

    init(_ history: MarketHistory, _ settings: VenueSettings, at opened: Timestamp) {
        self.settings = settings
        self.opened = opened
        now = opened
        counts = RequestCounts(limits: settings.limits)
        player = MarketPlayer(history: history, opened: opened, start: settings.start, speed: settings.speed)
        tape = MarketTape(history: history, shift: player.shift, start: opened.floored(to: .hours(1)))
        traded = history.rules.map(\.symbol)
        for symbol in traded { symbols[symbol.venueName] = symbol }
        currencies = Set(traded.flatMap { [$0.base, $0.quote] } + settings.balances.keys).sorted()
        core = MatchingCore(rules: history.rules)
        core.openAccount(
            .trader, balances: settings.balances, fees: FeeSchedule(maker: settings.makerFee, taker: settings.takerFee, payIn: settings.feesIn))
        advance(to: opened)
    }

    func rules(_ symbol: Symbol) -> InstrumentRules {
        guard let rules = core.rules(symbol) else { preconditionFailure("only known symbols are asked for") }
        return rules
    }

    /// Lets the market move up to a moment. If the account has nothing open, only the last move needs quotes.
    mutating func advance(to time: Timestamp) {
        now = time + skew
        let moves = player.due(at: time)
        let watched = Set(core.openOrders(.trader).map(\.symbol))
        var last: [Symbol: Int] = [:]
        for (index, move) in moves.enumerated() { last[move.symbol] = index }
        for (index, move) in moves.enumerated() {
            guard rules(move.symbol).status == .trading else { continue }
            let rises = core.lastPrice(move.symbol).map { move.price >= $0 } ?? true
            tape.record(move.symbol, move.price.value, move.volume.value, takerBuys: rises, at: move.time)
            perMinute[move.symbol] = move.perMinute
            if watched.contains(move.symbol) || last[move.symbol] == index { apply(move.symbol, move.price, at: move.time) }
        }
    }

    /// New quotes round a price, and the price itself.
    mutating func apply(_ symbol: Symbol, _ price: Price, at time: Timestamp) {
        updateId += 1
        let (bids, asks) = quotes(symbol, price, perMinute[symbol] ?? .zero)
        // A known symbol is never refused.
        try? core.replaceMarketQuotes(symbol, bids: bids, asks: asks, at: time)
        try? core.setLastPrice(symbol, price, at: time)
        noteTrades(symbol)
    }

    /// Ten levels a tick apart with a quarter of a minute's volume, at least twice the smallest order each.
    private func quotes(_ symbol: Symbol, _ price: Price, _ volume: Quantity) -> (bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level]) {
        let rules = rules(symbol)
        guard let tick = rules.price.step, let lot = rules.lot.step else { return ([], []) }
        if let own = depthOverride[symbol] {
            guard own.levels > 0, !own.quantity.isZero else { return ([], []) }
            let ladder = Ladder(levels: own.levels, halfSpread: 1, tick: tick, lot: lot, minimum: own.quantity.value)
            return ladder.quotes(around: price, volume: .zero)
        }
        let least =
            (rules.notional?.minimum ?? .zero).checkedTimes(FixedDecimal(2), rounding: .up)?.checkedDivided(by: price.value, rounding: .up) ?? .zero
        // A smallest order that nobody could place needs no quotes for it.
        let smallest = min(least, FixedDecimal(1_000_000_000))
        return Ladder(levels: 10, halfSpread: 1, tick: tick, lot: lot, minimum: smallest).quotes(
            around: price, volume: volume.portion("0.25", lot: lot))
    }

    /// Puts new trades of the account on the tape.
    mutating func noteTrades(_ only: Symbol? = nil) {
        for symbol in only.map({ [$0] }) ?? traded {
            for trade in core.allTrades(symbol, from: notedTrades[symbol] ?? 0) {
                tape.record(symbol, trade.price.value, trade.quantity.value, takerBuys: trade.takerSide == .buy, at: trade.time)
                notedTrades[symbol, default: 0] += 1
                updateId += 1
            }
        }
    }
}
