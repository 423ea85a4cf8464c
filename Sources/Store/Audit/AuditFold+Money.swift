// Entries that move money or say how much there is.
import Events
import Foundation
import Kernel

extension AuditFold {
    mutating func move(_ body: Data) throws {
        let moved = try decode(AuditRows.CashMoved.self, body).amount
        var implied: AuditLedger.Amounts = [:]
        AuditLedger.move(moved.amount.value, moved.currency, from: "capital", to: "assets", &implied)
        try post(body, implied: implied)
        result.equityStart = result.equityStart ?? moved.amount.value
    }

    mutating func change(_ body: Data) throws {
        let changed = try decode(AuditRows.OrderChanged.self, body)
        let order = orders[changed.order]
        guard let row = changed.fill else {
            try post(body, implied: [:])
            if let order { end(order, changed.event) }
            return
        }
        guard let fill = AuditFill(row) else {
            unreadable("fill \(row.id) makes no sense")
            return try post(body, implied: [:])
        }
        try post(body, implied: AuditLedger.implied(by: fill))
        // Coins of an order that nobody announced belong to no position, and no stop covers them.
        let trade = order?.trade ?? changed.order
        if order == nil { result.differ(fill.quantity, sequence, "order \(changed.order) filled, which was not announced") }
        trades[trade] = trades[trade] ?? AuditTrade(pair: fill.pair)
        var isNew = true
        update(trade) { isNew = $0.add(fill, id: row.id) }
        if !isNew { result.differ(fill.quantity, sequence, "fill \(row.id) is counted twice") }
    }

    /// A fee in another asset counts like one in quote.
    mutating func value(_ valued: AuditRows.FeeValued) {
        update(valued.trade) { $0.add(fee: valued.value.value, isBuy: valued.side == "buy") }
    }

    /// The record of a finished trade against its fills.
    mutating func close(_ closed: AuditRows.TradeClosed) {
        result.tradesClosed += 1
        guard let trade = trades[closed.trade] else { return unreadable("\(closed.trade) is closed and was never opened") }
        account(for: trade, closed.trade)
        result.differ(closed.cost.value - trade.cost, sequence, "\(closed.trade) cost \(trade.cost), its record says \(closed.cost.value)")
        result.differ(
            closed.proceeds.value - trade.proceeds, sequence,
            "\(closed.trade) brought \(trade.proceeds), its record says \(closed.proceeds.value)")
        result.differ(closed.pnl.value - (closed.proceeds.value - closed.cost.value), sequence, "\(closed.trade): profit is not proceeds less cost")
        // What the book no longer watches is not covered.
        update(closed.trade) { $0.cover(.zero) }
        if !trade.held.isPositive { forget(closed.trade) }
    }

    /// Exits, dust and base fees are what was bought, to the last unit.
    mutating func account(for trade: AuditTrade, _ id: String) {
        result.differ(
            trade.unaccounted, sequence,
            "\(id) bought \(trade.bought): \(trade.sold) sold, \(trade.baseFees) fees and \(trade.dust) dust do not add up to it")
    }

    /// Cash and coins as they were marked, against the postings and the fills.
    mutating func mark(_ marked: AuditRows.EquityMarked) {
        result.equityEnd = marked.equity.value
        let cash = ledger.balance("assets", quote)
        result.differ(marked.cash.value - cash, sequence, "cash is marked \(marked.cash.value), the postings leave \(cash) \(quote)")
        var sum = marked.cash.value, marks: [String: FixedDecimal] = [:], held: [String: FixedDecimal] = [:]
        for mark in marked.marks {
            guard let worth = mark.quantity.value.checkedTimes(mark.price.value, rounding: .down), worth < AuditAmount.limit else {
                return unreadable("the mark of \(mark.symbol) makes no sense")
            }
            sum += worth
            marks[mark.symbol, default: .zero] += mark.quantity.value
        }
        result.differ(marked.equity.value - sum, sequence, "equity is marked \(marked.equity.value), cash and coins come to \(sum)")
        for trade in trades.values where trade.isOpened && !trade.held.isZero {
            if let pair = trade.pair { held["\(pair.base)/\(pair.quote)", default: .zero] += trade.held }
        }
        for symbol in Set(marks.keys).union(held.keys).sorted() {
            let (said, real) = (marks[symbol, default: .zero], held[symbol, default: .zero])
            result.differ(said - real, sequence, "\(said) \(symbol) are marked, the fills leave \(real)")
        }
    }
}
