// What a strategy instance's turn hangs on: its clock, what the book says of it, and how far back it reads.
import Events
import Kernel
import Market
import Strategies
import Trading

extension StrategyInstance {
    /// When the newest candles closed.
    func closedAt(_ time: Timestamp) -> Timestamp { time.floored(to: timeframe.duration) }

    func isDue(at time: Timestamp, _ book: Book) -> Bool { book.judged[name].map { $0.closedAt < closedAt(time) } ?? true }

    func symbols(_ universe: [Symbol]) -> [Symbol] { symbols.isEmpty ? universe : symbols }

    func positions(_ book: Book) -> [Position] { book.main.sortedPositions.filter { $0.strategy?.name == name } }

    /// Strategies on shorter candles than an hour have their turn each minute, the others with the hour.
    var isHourly: Bool { timeframe >= .h1 }

    /// How many candles one symbol is judged on at `time`: no other instance's wants make them more.
    func candles(of symbol: Symbol, at time: Timestamp, _ book: Book) -> Int {
        candles + (positions(book).first { $0.symbol == symbol }.map { behind($0, at: time, book) } ?? 0)
    }

    /// Closes at which an exit of this position still counts: each is judged on as many candles as the newest one.
    private func behind(_ position: Position, at time: Timestamp, _ book: Book) -> Int {
        guard let holding = position.holding else { return 0 }
        let done = max(holding.openedAt, book.judged[name]?.exitsDone(position.symbol) ?? holding.openedAt)
        return Int(min(max(0, (time - done).milliseconds / timeframe.duration.milliseconds), Marks.longest))
    }
}
