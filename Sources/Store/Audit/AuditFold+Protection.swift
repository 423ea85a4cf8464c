// Entries that arm, use or lose a stop.
import Events
import Foundation
import Kernel
import Trading

extension AuditFold {
    /// A minute is how often the candles are looked at, so an exit may be ordered so long after its candle closed.
    private static let step: Int64 = 60_000

    mutating func submit(_ order: AuditRows.Order) throws {
        let isExit = order.role.exit != nil
        orders[order.id] = OpenOrder(trade: order.trade, isStop: order.role.isStop)
        if trades[order.trade] == nil { trades[order.trade] = AuditTrade(pair: AuditPair(order.symbol)) }
        guard isExit else { return }
        update(order.trade) { $0.actOnStop() }
        guard let candle = order.triggerCandle else { return }
        guard let length = candle.length, AuditRows.isTime(candle.openTime) else {
            return unreadable("\(order.id) was triggered by a candle of no known time")
        }
        let due = Timestamp(milliseconds: candle.openTime + length + max(Self.step, length)), ordered = time
        var gap: Int64 = 0
        update(order.trade) { gap = $0.late(from: due, to: ordered) }
        count(
            .init(from: ordered - TimeSpan(milliseconds: gap), milliseconds: gap, sequence: sequence), order.trade, .lateExit,
            "\(order.id) was ordered too late after its candle")
    }

    mutating func open(_ body: Data) throws {
        let opened = try decode(AuditRows.PositionOpened.self, body)
        let holding = opened.holding
        result.entries += 1
        let pair = AuditPair(holding.instrument.symbol)
        trades[opened.trade] = trades[opened.trade] ?? AuditTrade(pair: pair)
        var dust = FixedDecimal.zero, excess = FixedDecimal.zero, implied: AuditLedger.Amounts = [:]
        update(opened.trade) { (dust, excess) = $0.arm(holding.bracket, lot: holding.instrument.lotStep?.value ?? .zero) }
        result.differ(excess, sequence, "\(opened.trade): the bracket holds \(excess) more than was bought")
        let said = holding.bracket?.dust?.value ?? .zero
        result.differ(said - dust, sequence, "\(opened.trade): the bracket says \(said) dust, what was bought leaves \(dust)")
        if let base = pair?.base { AuditLedger.move(dust, base, from: "assets", to: "dust", &implied) }
        let before = ledger.balance("dust", pair?.base ?? "")
        try post(body, implied: implied)
        let posted = ledger.balance("dust", pair?.base ?? "") - before
        update(opened.trade) { $0.write(off: posted) }
    }

    /// More of an entry: its dust is what no whole lot of all of it holds.
    mutating func increase(_ body: Data) throws {
        let increased = try decode(AuditRows.PositionOpened.self, body), holding = increased.holding
        guard let trade = trades[increased.trade] else { return unreadable("\(increased.trade) is increased and was never opened") }
        let base = trade.pair?.base ?? "", lot = holding.instrument.lotStep?.value ?? .zero
        var dust = FixedDecimal.zero, implied: AuditLedger.Amounts = [:]
        update(increased.trade) { dust = $0.rearm(covering: holding.remaining?.value ?? .zero, lot: lot) }
        let said = holding.bracket?.dust?.value ?? .zero
        let left = trades[increased.trade]?.unsellable ?? .zero
        result.differ(said - left, sequence, "\(increased.trade): the bracket says \(said) dust, what was bought leaves \(left)")
        AuditLedger.move(dust, base, from: "assets", to: "dust", &implied)
        let before = ledger.balance("dust", base)
        try post(body, implied: implied)
        let posted = ledger.balance("dust", base) - before
        update(increased.trade) { $0.write(off: posted) }
    }

    mutating func reduce(_ reduced: AuditRows.PositionReduced) {
        result.exits[reduced.reason, default: 0] += 1
        guard let trade = trades[reduced.trade] else { return unreadable("\(reduced.trade) is reduced and was never opened") }
        result.differ(
            reduced.remaining.value - trade.held, sequence,
            "\(reduced.trade) is said to keep \(reduced.remaining.value), its fills leave \(trade.held)")
        update(reduced.trade) { $0.cover(min($0.covered, reduced.remaining.value)) }
    }

    /// Writes off all that is left of a trade, for nothing.
    mutating func writeOff(_ body: Data) throws {
        let off = try decode(AuditRows.PositionWrittenOff.self, body)
        result.exits["WRITTEN_OFF", default: 0] += 1
        guard let trade = trades[off.trade] else { return unreadable("\(off.trade) is written off and was never opened") }
        result.differ(
            off.quantity.value - trade.held, sequence, "\(off.quantity.value) of \(off.trade) are written off, its fills leave \(trade.held)")
        let base = trade.pair?.base ?? ""
        var implied: AuditLedger.Amounts = [:]
        AuditLedger.move(trade.held, base, from: "assets", to: "dust", &implied)
        let before = ledger.balance("dust", base)
        try post(body, implied: implied)
        let posted = ledger.balance("dust", base) - before
        update(off.trade) {
            $0.giveUp()
            $0.write(off: posted)
        }
    }

    /// Ends an order without a fill: a stop that was due is still due.
    mutating func end(_ order: OpenOrder, _ event: String) {
        guard order.isStop, ["deny", "reject", "confirmCancel", "expire", "confirmAbsent"].contains(event) else { return }
        update(order.trade) { $0.loseStop() }
    }

    /// Ends an entry that came to nothing; its order is kept in case a fill comes late.
    mutating func fail(_ trade: String) {
        guard trades[trade]?.held.isPositive != true else { return }
        trades[trade] = nil
    }

    mutating func forget(_ trade: String) {
        trades[trade] = nil
        orders = orders.filter { $0.value.trade != trade }
    }
}
