// Reads the journal's rows in order and keeps the two figures. What stays in memory is what is open:
// positions, their orders, and one balance an account and asset.
import Events
import Foundation
import Kernel
import Trading

struct AuditFold {
    /// Kinds of entries on whose text no figure depends, in any version, as an SQL list.
    static let wordless = [
        "snapshotTaken", "opinionsGiven", "decided", "candlesTaken", "strategyJudged", "callReserved", "callSettled", "messageQueued",
        "positionMarked", "cycleOpened", "accountOpened", "tradingDayStarted", "breakerTripped", "breakerReset", "killSwitchSet", "clockCorrected"
    ].flatMap { ["'\($0)'", "'\($0).2'"] }.joined(separator: ",")

    struct OpenOrder {
        let trade: String
        let isStop: Bool
    }

    var result = JournalAudit.Result()
    var ledger = AuditLedger()
    var trades: [String: AuditTrade] = [:]
    var orders: [String: OpenOrder] = [:]
    var quote = "USDT"
    var sequence: Int64 = 0
    var time = Timestamp(milliseconds: 0)
    private var presence = AuditPresence()
    private var uncovered: Int64 = 0
    private let decoder = JSONDecoder()

    /// Reads one row; a column that holds no value of its type is nil.
    mutating func read(_ sequence: Int64, _ time: Timestamp?, _ kind: String?, _ body: String?) {
        self.sequence = sequence
        result.entriesRead += 1
        guard let time, let named = kind, let body, AuditRows.isTime(time.milliseconds) else { return unreadable("no journal row") }
        // The fields read here are the same in all versions of a kind.
        let kind = named.hasSuffix(".2") ? String(named.dropLast(2)) : named
        self.time = time
        result.end = time
        presence.note(kind, at: time)
        defer { if trades.isEmpty { presence.forget() } }
        do {
            try read(kind, Data(body.utf8))
        } catch {
            unreadable("\(kind) cannot be read")
        }
    }

    private mutating func read(_ kind: String, _ body: Data) throws {
        switch kind {
        case "journalOpened":
            let opened = try decode(AuditRows.JournalOpened.self, body)
            quote = opened.quote
            result.isVirtual = opened.start != nil
        case "cashMoved": try move(body)
        case "orderSubmitted": try submit(try decode(AuditRows.OrderSubmitted.self, body).order)
        case "orderChanged": try change(body)
        case "positionOpened": try open(body)
        case "positionIncreased": try increase(body)
        case "feeValued": value(try decode(AuditRows.FeeValued.self, body))
        case "positionReduced": reduce(try decode(AuditRows.PositionReduced.self, body))
        case "positionWrittenOff": try writeOff(body)
        case "entryFailed": fail(try decode(AuditRows.EntryFailed.self, body).trade)
        case "tradeClosed": close(try decode(AuditRows.TradeClosed.self, body))
        case "equityMarked": mark(try decode(AuditRows.EquityMarked.self, body))
        case "cycleMissed": result.cyclesMissed += min(max(0, try decode(AuditRows.CycleMissed.self, body).count), 1_000_000)
        case "cycleClosed":
            result.cyclesClosed += 1
            if try decode(AuditRows.CycleClosed.self, body).skipped != nil { result.cyclesSkipped += 1 }
        // No money depends on them: one that cannot be read explains nothing.
        case "troubleBegan": if let row = try? decode(AuditRows.Trouble.self, body) { presence.begin(row, at: time) }
        case "troubleEnded": if let row = try? decode(AuditRows.Trouble.self, body) { presence.end(row, at: time) }
        default:
            // Nothing else may move money.
            if !body.isEmpty { try post(body, implied: [:]) }
        }
    }

    func decode<Row: Decodable>(_ type: Row.Type, _ body: Data) throws -> Row { try decoder.decode(type, from: body) }

    mutating func post(_ body: Data, implied: AuditLedger.Amounts) throws {
        let postings = try decode(AuditRows.Postings.self, body).postings ?? []
        ledger.post(postings, implied: implied, sequence, &result)
    }

    /// An entry that cannot be read may hide any amount: it counts as one unit.
    mutating func unreadable(_ why: String) { result.differ(.one, sequence, why) }

    /// Changes a trade, then looks whether it is still covered.
    mutating func update(_ id: String, _ change: (inout AuditTrade) -> Void) {
        guard var trade = trades[id] else { return }
        change(&trade)
        if let gap = trade.look(at: time, sequence) { count(gap, id, .noStop, "\(id) was not covered by a stop") }
        trades[id] = trade
    }

    mutating func count(_ gap: AuditTrade.Gap, _ trade: String, _ form: JournalAudit.Unguarded.Form, lasts: Bool = false, _ text: String) {
        guard gap.milliseconds > 0 else { return }
        uncovered += gap.milliseconds
        result.find(.unprotectedSeconds, gap.sequence, "\(text), for \((gap.milliseconds + 999) / 1_000) s")
        let symbol = trades[trade]?.pair.map { "\($0.base)/\($0.quote)" }, to = gap.from + TimeSpan(milliseconds: gap.milliseconds)
        let cause = lasts ? .lasts : presence.cause(form, of: symbol, from: gap.from, to: to)
        result.add(.init(trade: trade, symbol: symbol, form: form, from: gap.from, to: to, cause: cause))
    }

    /// The result after the last row.
    consuming func finished() -> JournalAudit.Result {
        for id in trades.keys.sorted() {
            guard let trade = trades[id] else { continue }
            if let gap = trade.end(at: time) {
                count(gap, id, .noStop, lasts: true, "\(id) is not covered by a stop, still at the end of the journal")
            }
            if trade.held.isZero, trade.isOpened { account(for: trade, id) }
        }
        result.unprotectedSeconds = Int((uncovered + 999) / 1_000)
        return result
    }
}
