// Plays one sequence on both venues and says where they first part; makes a failing sequence as short as it can.
import Kernel
import Matching

struct Parting: Error {
    var step: Int
    var lines: [String]
}

/// The two venues side by side.
struct Comparison {
    let world: World
    private(set) var reference: ReferenceVenue
    private var core: MatchingCore
    private var tradesSeen: [Int]
    private let money: [FixedDecimal]
    private(set) var refusals: [String] = []

    init(_ world: World) {
        self.world = world
        reference = ReferenceVenue(world)
        core = MatchingCore(world)
        tradesSeen = world.symbols.map { _ in 0 }
        money = Self.totals(core.picture(of: world, tradesFrom: tradesSeen), world)
    }

    /// The differences after one step; none is as it should be.
    mutating func play(_ step: Step) -> [String] {
        let answers = (core: core.perform(step), reference: reference.perform(step))
        if case .refused(let why) = answers.reference { refusals.append(why) }
        let picture = core.picture(of: world, tradesFrom: tradesSeen)
        let expected = reference.picture(of: world, tradesFrom: tradesSeen)
        for (index, symbol) in world.symbols.enumerated() { tradesSeen[index] += expected.trades.filter { $0.symbol == symbol }.count }
        var lines: [String] = []
        if answers.core != answers.reference {
            lines.append("answer\n    core      \(words(answers.core))\n    reference \(words(answers.reference))")
        }
        if picture != expected { lines += picture.differences(from: expected) }
        if Self.totals(picture, world) != money { lines.append("money came or went") }
        for balance in picture.balances where balance.account > 0 && (balance.free.isNegative || balance.locked.isNegative) {
            lines.append("below zero: \(words(balance))")
        }
        return lines
    }

    private static func totals(_ picture: Picture, _ world: World) -> [FixedDecimal] {
        world.currencies.map { currency in
            picture.balances.filter { $0.currency == currency }.reduce(.zero) { $0 + $1.free + $1.locked }
        }
    }

    /// What two venues say of names that were used: the newest with each counts.
    func partingOfNames() -> [String] {
        var lines: [String] = []
        for account in world.accounts.map(\.number) {
            for id in Set(reference.orders.map(\.clientId)).sorted() {
                let expected = reference.orders.last { $0.account == account && $0.clientId == id }?.id
                if core.order(id, ParticipantId(account))?.id != expected { lines.append("the order named \(id) of account \(account)") }
            }
            for id in Set(reference.lists.map(\.clientId)).sorted() {
                let expected = reference.lists.last { $0.account == account && $0.clientId == id }?.id
                if core.list(id, ParticipantId(account))?.id != expected { lines.append("the list named \(id) of account \(account)") }
            }
            let open = reference.lists.filter { $0.account == account && reference.isExecuting($0) }.map(\.id)
            if core.openLists(ParticipantId(account)).map(\.id) != open { lines.append("open lists of account \(account)") }
            for symbol in world.symbols {
                let orders = reference.orders.filter { $0.account == account && $0.symbol == symbol }
                if core.allOrders(ParticipantId(account), symbol).map(\.id) != orders.map(\.id) {
                    lines.append("all orders of account \(account) in \(symbol)")
                }
                if core.openOrders(ParticipantId(account), symbol).map(\.id) != orders.filter(\.isOpen).map(\.id) {
                    lines.append("open orders of account \(account) in \(symbol)")
                }
                let trades = reference.trades.filter { $0.symbol == symbol && ($0.maker.account == account || $0.taker.account == account) }
                if core.fills(ParticipantId(account), symbol).map(\.id) != trades.map(\.id) {
                    lines.append("trades of account \(account) in \(symbol)")
                }
            }
        }
        return lines
    }
}

extension Comparison {
    /// Plays what is written; nil where both venues agree to the end.
    static func parting(of steps: [Step], in world: World) -> Parting? {
        var comparison = Comparison(world)
        for (index, step) in steps.enumerated() {
            let lines = comparison.play(step)
            if !lines.isEmpty { return Parting(step: index, lines: lines) }
        }
        let lines = comparison.partingOfNames()
        return lines.isEmpty ? nil : Parting(step: steps.count - 1, lines: lines)
    }

    /// Drops steps, many at a time and then one at a time, as long as the venues still part.
    static func shortened(_ steps: [Step], in world: World) -> [Step] {
        var kept = steps
        var size = max(1, kept.count / 2)
        while true {
            var start = 0, dropped = false
            while start < kept.count {
                var fewer = kept
                fewer.removeSubrange(start..<min(start + size, fewer.count))
                if let parting = parting(of: fewer, in: world) {
                    kept = Array(fewer[...parting.step])
                    dropped = true
                } else {
                    start += size
                }
            }
            if size == 1, !dropped { return kept }
            size = max(1, size / 2)
        }
    }

    /// Makes and plays the sequence of a seed. The answer is nil, or all that is needed to see what went wrong.
    static func failure(seed: UInt64, length: Int, coverage count: inout Coverage) -> String? {
        var dice = Dice(seed: seed)
        let world = dice.world()
        var comparison = Comparison(world)
        var steps: [Step] = []
        for number in 0..<length {
            let step = dice.step(in: world, comparison.reference, number: number)
            steps.append(step)
            let lines = comparison.play(step)
            if !lines.isEmpty { return story(seed, steps, world) }
        }
        count.note(comparison.reference)
        for refusal in comparison.refusals { count.add("refused \(refusal)") }
        return comparison.partingOfNames().isEmpty ? nil : story(seed, steps, world)
    }

    private static func story(_ seed: UInt64, _ steps: [Step], _ world: World) -> String {
        let short = shortened(steps, in: world)
        let parting = parting(of: short, in: world)
        var text = "seed \(seed) parts at step \(steps.count - 1) (\(words(steps.last)))\nshortest sequence that parts:\n"
        for account in world.accounts { text += "  \(words(account))\n" }
        for rules in world.rules { text += "  \(words(rules))\n" }
        for step in short { text += "  \(words(step))\n" }
        return text + "  differences after it:\n" + (parting?.lines ?? ["none (?)"]).map { "  " + $0 + "\n" }.joined()
    }
}
