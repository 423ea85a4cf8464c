// How an event is written: its kind, the key it is looked up by, and canonical JSON (sorted keys, exact
// decimals as text). The hash is taken over these bytes, so they are never re-encoded to verify them.
import Events
import Foundation
import Risk
import Trading

struct EncodedEvent {
    let kind: String
    /// The cycle, trade or order it belongs to; empty if none.
    let key: String
    let body: String
}

/// Whatever an event's payload is read from.
protocol PayloadReader {
    func payload<P: Decodable>(_ type: P.Type) throws -> P
}

enum EventCoding {
    static func encode(_ event: JournalEvent) throws -> EncodedEvent {
        func make(_ kind: EventKind, _ key: String, _ payload: some Encodable) throws -> EncodedEvent {
            EncodedEvent(kind: kind.name, key: key, body: String(decoding: try encoder().encode(payload), as: UTF8.self))
        }
        return switch event {
        case .journalOpened(let p): try make(.journalOpened, "", p)
        case .accountOpened(let p): try make(.accountOpened, p.account.text, p)
        case .cashMoved(let p): try make(.cashMoved, "", p)
        case .tradingDayStarted(let p): try make(.tradingDayStarted, "", p)
        case .cycleOpened(let p): try make(.cycleOpened, p.cycle.description, p)
        case .cycleMissed(let p): try make(.cycleMissed, p.last.description, p)
        case .snapshotTaken(let p): try make(.snapshotTaken, p.cycle.description, p)
        case .callReserved(let p): try make(.callReserved, p.cycle.description, p)
        case .callSettled(let p): try make(.callSettled, p.call, p)
        case .opinionsGiven(let p): try make(.opinionsGiven, p.cycle.description, p)
        case .decided(let p): try make(.decided, p.cycle.description, p)
        case .candlesTaken(let p): try make(.candlesTaken, "", p)
        case .strategyJudged(let p): try make(.strategyJudged, p.cycle.description, p)
        case .orderSubmitted(let p): try make(.orderSubmitted, p.order.trade.text, p)
        case .orderChanged(let p): try make(.orderChanged, p.order.text, p)
        case .positionOpened(let p): try make(.positionOpened, p.trade.text, p)
        case .positionIncreased(let p): try make(.positionIncreased, p.trade.text, p)
        case .feeValued(let p): try make(.feeValued, p.trade.text, p)
        case .positionMarked(let p): try make(.positionMarked, p.trade.text, p)
        case .positionReduced(let p): try make(.positionReduced, p.trade.text, p)
        case .positionWrittenOff(let p): try make(.positionWrittenOff, p.trade.text, p)
        case .entryFailed(let p): try make(.entryFailed, p.trade.text, p)
        case .tradeClosed(let p): try make(.tradeClosed, p.trade.text, p)
        case .breakerTripped(let p): try make(.breakerTripped, p.breaker.rawValue, p)
        case .breakerReset(let p): try make(.breakerReset, p.breaker.rawValue, p)
        case .killSwitchSet(let p): try make(.killSwitchSet, "", p)
        case .clockCorrected(let p): try make(.clockCorrected, "", p)
        case .troubleBegan(let p): try make(.troubleBegan, Trouble.key(p.kind, p.subject), p)
        case .troubleEnded(let p): try make(.troubleEnded, Trouble.key(p.kind, p.subject), p)
        case .equityMarked(let p): try make(.equityMarked, "", p)
        case .cycleClosed(let p): try make(.cycleClosed, p.cycle.description, p)
        case .messageQueued(let p): try make(.messageQueued, "\(p.number)", p)
        }
    }

    /// - Parameter kind: as it stands in the journal: an older version's text is read as what it says in this one.
    static func decode(kind: String, body: String) throws -> JournalEvent {
        let named = try VersionedKind(name: kind)
        return try decode(named.kind, from: named.version == named.kind.version ? JSONText(body) : JSONText(Upcasts.lifted(named, body)))
    }

    static func decode(_ kind: EventKind, from reader: some PayloadReader) throws -> JournalEvent {
        switch kind {
        case .journalOpened: .journalOpened(try reader.payload(JournalOpened.self))
        case .accountOpened: .accountOpened(try reader.payload(AccountOpened.self))
        case .cashMoved: .cashMoved(try reader.payload(CashMoved.self))
        case .tradingDayStarted: .tradingDayStarted(try reader.payload(TradingDayStarted.self))
        case .cycleOpened: .cycleOpened(try reader.payload(CycleOpened.self))
        case .cycleMissed: .cycleMissed(try reader.payload(CycleMissed.self))
        case .snapshotTaken: .snapshotTaken(try reader.payload(SnapshotTaken.self))
        case .callReserved: .callReserved(try reader.payload(CallReserved.self))
        case .callSettled: .callSettled(try reader.payload(CallSettled.self))
        case .opinionsGiven: .opinionsGiven(try reader.payload(OpinionsGiven.self))
        case .decided: .decided(try reader.payload(Decided.self))
        case .candlesTaken: .candlesTaken(try reader.payload(CandlesTaken.self))
        case .strategyJudged: .strategyJudged(try reader.payload(StrategyJudged.self))
        case .orderSubmitted: .orderSubmitted(try reader.payload(OrderSubmitted.self))
        case .orderChanged: .orderChanged(try reader.payload(OrderChanged.self))
        case .positionOpened: .positionOpened(try reader.payload(PositionOpened.self))
        case .positionIncreased: .positionIncreased(try reader.payload(PositionIncreased.self))
        case .feeValued: .feeValued(try reader.payload(FeeValued.self))
        case .positionMarked: .positionMarked(try reader.payload(PositionMarked.self))
        case .positionReduced: .positionReduced(try reader.payload(PositionReduced.self))
        case .positionWrittenOff: .positionWrittenOff(try reader.payload(PositionWrittenOff.self))
        case .entryFailed: .entryFailed(try reader.payload(EntryFailed.self))
        case .tradeClosed: .tradeClosed(try reader.payload(TradeClosed.self))
        case .breakerTripped: .breakerTripped(try reader.payload(BreakerTripped.self))
        case .breakerReset: .breakerReset(try reader.payload(BreakerReset.self))
        case .killSwitchSet: .killSwitchSet(try reader.payload(KillSwitchSet.self))
        case .clockCorrected: .clockCorrected(try reader.payload(ClockCorrected.self))
        case .troubleBegan: .troubleBegan(try reader.payload(TroubleBegan.self))
        case .troubleEnded: .troubleEnded(try reader.payload(TroubleEnded.self))
        case .equityMarked: .equityMarked(try reader.payload(EquityMarked.self))
        case .cycleClosed: .cycleClosed(try reader.payload(CycleClosed.self))
        case .messageQueued: .messageQueued(try reader.payload(MessageQueued.self))
        }
    }

    static func encode(book: Book) throws -> String { String(decoding: try encoder().encode(book), as: UTF8.self) }
    static func decodeBook(_ text: String) throws -> Book { try JSONText(text).payload(Book.self) }

    private struct JSONText: PayloadReader {
        private let data: Data

        init(_ text: String) { data = Data(text.utf8) }
        init(_ data: Data) { self.data = data }

        func payload<P: Decodable>(_ type: P.Type) throws -> P { try JSONDecoder().decode(type, from: data) }
    }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
