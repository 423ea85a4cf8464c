// What the market did under the venue's own clock: minute bars since it opened, before that the history,
// moved so that it ends where the venue begins. One continuous record, the bar in the making included.
import Kernel
import Market

struct MarketTape: Sendable {
    /// Minutes that are kept of each instrument: a week.
    static let capacity = 10_080
    /// No question puts together more parts than this.
    static let maximumParts = 40_000

    let history: MarketHistory
    /// The distance of the two clocks: venue time is history time plus this.
    let shift: TimeSpan
    /// From this minute on the venue's own bars count.
    let start: Timestamp
    private var minutes: [Symbol: [Bar]] = [:]

    init(history: MarketHistory, shift: TimeSpan, start: Timestamp) {
        self.history = history
        self.shift = shift
        self.start = start
    }

    mutating func record(_ symbol: Symbol, _ price: FixedDecimal, _ quantity: FixedDecimal = .zero, takerBuys: Bool = false, at time: Timestamp) {
        let minute = time.floored(to: .minutes(1))
        var bars = minutes[symbol] ?? []
        if bars.last.map({ $0.openTime < minute }) ?? true {
            // Nobody traded: the price stands. A pause longer than what is kept needs no bars of its own.
            if let last = bars.last {
                var gap = max(last.openTime + .minutes(1), minute - .minutes(Self.capacity))
                while gap < minute {
                    bars.append(Bar(openTime: gap, price: last.close))
                    gap = gap + .minutes(1)
                }
            }
            bars.append(Bar(openTime: minute, price: bars.last?.close ?? price))
            if bars.count > Self.capacity + 1_440 { bars.removeFirst(bars.count - Self.capacity) }
        }
        bars[bars.count - 1].trade(price, quantity, takerBuys: takerBuys)
        minutes[symbol] = bars
    }

    /// Bars of an interval whose opening is in `window`, oldest first, the one in the making included.
    /// - Parameter newest: whether the newest or the oldest `limit` are wanted if there are more.
    func bars(_ symbol: Symbol, _ interval: KlineInterval, in window: ClosedRange<Timestamp>, limit: Int, newest: Bool, now: Timestamp) -> [Bar] {
        guard let parts = interval.parts else { return [] }
        let last = min(window.upperBound, now)
        // Whoever asks for the oldest candles there are begins at 1970.
        let first = max(window.lowerBound, history.listedSince(symbol).map { min($0, start - shift) + shift } ?? window.lowerBound)
        guard first <= last else { return [] }
        let span = interval.duration ?? .days(31)
        // One more, because the first may be cut by the window.
        let reach = TimeSpan(milliseconds: span.milliseconds * Int64(min(limit + 1, Self.maximumParts)))
        let (from, to) = newest ? (max(first, last - reach), last) : (first, min(last, first + reach))
        let opening =
            interval.opening(of: from) < from && from == first ? interval.next(after: interval.opening(of: from)) : interval.opening(of: from)
        let end = min(interval.next(after: interval.opening(of: to)), now + .minutes(1))
        let own = start.floored(to: parts.duration)
        let past = opening < own ? history.candles(symbol, parts, opening - shift, min(end, own) - shift, Self.maximumParts) : []
        let live = (minutes[symbol] ?? []).filter { $0.openTime >= max(opening, own) && $0.openTime < end }
        let all = (past.map { Bar($0, parts).moved(by: shift) } + live).grouped(by: interval.opening(of:))
        let inside = all.filter { window.contains($0.openTime) }
        return newest ? Array(inside.suffix(limit)) : Array(inside.prefix(limit))
    }
}
