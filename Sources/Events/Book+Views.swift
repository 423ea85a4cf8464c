// What decisions ask of the book.
public import Kernel
public import Market
import Risk
import Trading

extension Book {
    /// The journal's own account: the one of its mode.
    public var main: AccountBook { accounts[0] }

    public var quote: Currency { identity?.quote ?? .usdt }

    /// How often a panel's closed trades came to each outcome of the ladder, on all accounts of this world: what a panel is
    /// worth does not depend on whose money it was.
    public func outcomes(of panel: String) -> [Int] {
        accounts.dropFirst().reduce(main.record.outcomes(of: panel)) { sum, account in zip(sum, account.record.outcomes(of: panel)).map(+) }
    }

    /// Closed trades on all accounts.
    public var closedTrades: Int { accounts.reduce(0) { $0 + $1.record.closed } }

    /// What the newest snapshot offered, in symbol order; empty before the first.
    public var offered: [Symbol] { lastSnapshot?.offered ?? [] }

    /// The mean growth of every benchmark instrument that has a mark, less one; nil if none has.
    public func holdEverything(marks: [Symbol: Price]) -> FixedDecimal? {
        let growths = benchmark.sorted { $0.key < $1.key }.compactMap { name, start -> FixedDecimal? in
            guard let symbol = Symbol(name), let mark = marks[symbol] else { return nil }
            return mark.value.checkedDivided(by: start.value, rounding: .nearest)
        }
        guard !growths.isEmpty else { return nil }
        return growths.reduce(.zero, +).divided(by: FixedDecimal(growths.count), rounding: .nearest)
    }
}

extension Decided {
    /// Reviews that came as far as a size.
    private var sized: [Review] { reviews.filter { $0.sizing?.odds != nil } }

    /// Whether the odds of everything that was agreed on fall short of the costs; nil if nothing was sized.
    public var isUnpaid: Bool? { sized.isEmpty ? nil : sized.allSatisfy { $0.sizing?.refusal == .kellyNotPositive } }
}

extension Book {
    /// An hour without anything to size says nothing about the odds.
    mutating func countUnpaid(_ decided: Decided) {
        guard let isUnpaid = decided.isUnpaid else { return }
        unpaidHours = isUnpaid ? (unpaidHours ?? 0) + 1 : nil
    }
}
