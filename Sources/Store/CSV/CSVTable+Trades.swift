// trades.csv: every answer to an order, and in the row that opens or ends a trade, the trade's record.
import Events
import Foundation
import GRDB
import Kernel
import Market
import Ports
import Trading

extension CSVTable {
    static let trades = CSVTable(
        name: "trades.csv",
        header: [
            "time (UTC)", "pair", "action", "amount", "price", "order id", "status", "mode", "trade", "side", "reason", "fee", "fee asset",
            "confidence", "entry time (UTC)", "entry price", "exit time (UTC)", "exit price", "quantity", "P&L", "R multiple", "fees",
            "stop", "take profit 1", "take profit 2", "take profit 3", "trade status"
        ],
        kinds: [.orderChanged, .positionWrittenOff]
    ) { line, db in
        if case .positionWrittenOff(let off) = line.event { return [try writtenOff(off, line, db)] }
        guard case .orderChanged(let changed) = line.event, let status = changed.event.outcome,
            let submitted = try submission(changed.order, before: line, db)
        else { return [] }
        let order = submitted.order, fill = changed.fill
        let common: [CSVCell] = [
            .time(line.at), .text(order.symbol.description), .text(order.side.rawValue.uppercased()),
            .number(fill?.quantity.value ?? order.quantity.value), .number(fill?.price.value ?? order.referencePrice.value),
            .text(order.id.text), .text(status.rawValue), .text(try mode(db)), .text(order.trade.text), .text("long"),
            .text(order.role.reason ?? changed.detail),
            fill.map { .number($0.fee.amount) } ?? .empty, fill.map { .text($0.fee.currency.code) } ?? .empty
        ]
        return [common + (try record(of: order.trade, submitted.position, after: line, db))]
    }

    /// A position that was given up has no order: its row says so, and what it came to.
    private static func writtenOff(_ off: PositionWrittenOff, _ line: JournalLine, _ db: Database) throws -> [CSVCell] {
        let common: [CSVCell] = [
            .time(line.at), .text(off.symbol.description), .text("WRITE_OFF"), .number(off.quantity.value), .number(.zero), .empty, .empty,
            .text(try mode(db)), .text(off.trade.text), .text("long"), .text("\(ExitReason.writtenOff.rawValue): \(off.reason)"), .empty, .empty
        ]
        return common + (try record(of: off.trade, nil, after: line, db))
    }

    /// The record's columns, from what the answer's own transaction wrote after it.
    private static func record(of trade: TradeId, _ position: Position?, after line: JournalLine, _ db: Database) throws -> [CSVCell] {
        let next = try SQLiteJournal.entries(db, "seq > ? AND seq <= ? AND at = ?", [line.sequence, line.sequence + 4, line.at.milliseconds])
        var cells = [CSVCell](repeating: .empty, count: 14), status: PositionStatus?
        // What has a row of its own ends this one.
        for entry in next.prefix(while: { !$0.event.hasTradeRow }) {
            switch entry.event {
            case .positionIncreased(let increased) where increased.trade == trade:
                cells[5] = .number(increased.holding.bought.value)
                cells.protect(stop: increased.holding.bracket.stop, targets: increased.holding.bracket.rungs.map(\.price))
                status = .open
            case .positionOpened(let opened) where opened.trade == trade:
                let holding = opened.holding
                cells[0] = position.map { .number($0.conviction.value) } ?? .empty
                cells[1] = .time(holding.openedAt)
                cells[2] = .number(holding.entryPrice.value)
                cells[5] = .number(holding.bought.value)
                cells.protect(stop: holding.bracket.stop, targets: holding.bracket.rungs.map(\.price))
                status = .open
            case .positionReduced(let reduced) where reduced.trade == trade: status = .partiallyClosed
            case .entryFailed(let failed) where failed.trade == trade: status = .notOwned
            case .tradeClosed(let closed) where closed.trade == trade:
                cells.replaceSubrange(
                    0..<9,
                    with: [
                        .number(closed.conviction.value), .time(closed.openedAt), .number(closed.entryPrice.value), .time(closed.closedAt),
                        .number(closed.exitPrice.value), .number(closed.quantity.value), .number(closed.pnl), .number(closed.rMultiple.value),
                        .number(closed.fees)
                    ])
                cells.protect(stop: closed.stop, targets: closed.targets)
                status = .closed
            default: break
            }
        }
        cells[13] = status.map { .text($0.rawValue) } ?? .empty
        return cells
    }

    /// The announcement of an order: looked for backwards from its answer, and everywhere only if the clock stepped back between them.
    private static func submission(_ order: ClientOrderId, before line: JournalLine, _ db: Database) throws -> OrderSubmitted? {
        for newest in [line.at.milliseconds, Int64.max] {
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT kind, body FROM events
                        WHERE kind IN (\(EventKind.list(.orderSubmitted))) AND at <= ?1 AND seq < ?2 AND json_extract(body, '$.order.id') = ?3
                        ORDER BY at DESC, seq DESC LIMIT 1
                        """), arguments: [newest, line.sequence, order.text])
            if let row, case .orderSubmitted(let submitted) = try EventCoding.decode(kind: try row.read("kind"), body: try row.read("body")) {
                return submitted
            }
        }
        return nil
    }

    private static func mode(_ db: Database) throws -> String {
        let body = try String.fetchOne(db.cachedStatement(sql: "SELECT body FROM events WHERE kind = 'journalOpened' ORDER BY at LIMIT 1"))
        return try body.map { try JSONDecoder().decode(JournalOpened.self, from: Data($0.utf8)).mode } ?? ""
    }
}

extension [CSVCell] {
    /// The stop and up to three targets, in the columns of a trade's record.
    fileprivate mutating func protect(stop: Price, targets: [Price]) {
        self[9] = .number(stop.value)
        for (index, target) in targets.prefix(3).enumerated() { self[10 + index] = .number(target.value) }
    }
}

extension JournalEvent {
    fileprivate var hasTradeRow: Bool {
        switch self {
        case .orderChanged, .positionWrittenOff: true
        default: false
        }
    }
}

extension OrderRole {
    fileprivate var reason: String? {
        if case .exit(let reason) = self { reason.rawValue } else { nil }
    }
}

extension OrderEvent {
    /// The status it gives an order, if a person wants to see that in a list.
    fileprivate var outcome: OrderStatus? {
        switch self {
        case .partialFill: .partiallyFilled
        case .completeFill: .filled
        case .reject: .rejected
        case .deny, .confirmAbsent: .denied
        case .confirmCancel: .canceled
        case .expire: .expired
        case .loseAnswer: .unknown
        case .submit, .accept, .requestCancel, .refuseCancel: nil
        }
    }
}
