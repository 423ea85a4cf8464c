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

enum EventCoding {
    static func encode(_ event: JournalEvent) throws -> EncodedEvent {
        func make(_ kind: String, _ key: String, _ payload: some Encodable) throws -> EncodedEvent {
            EncodedEvent(kind: kind, key: key, body: String(decoding: try encoder().encode(payload), as: UTF8.self))
        }
        return switch event {
        case .journalOpened(let p): try make("journalOpened", "", p)
        case .cashMoved(let p): try make("cashMoved", "", p)
        case .tradingDayStarted(let p): try make("tradingDayStarted", "", p)
        case .cycleOpened(let p): try make("cycleOpened", p.cycle.description, p)
        case .cycleMissed(let p): try make("cycleMissed", p.last.description, p)
        case .snapshotTaken(let p): try make("snapshotTaken", p.cycle.description, p)
        case .callReserved(let p): try make("callReserved", p.cycle.description, p)
        case .callSettled(let p): try make("callSettled", p.call, p)
        case .opinionsGiven(let p): try make("opinionsGiven", p.cycle.description, p)
        case .decided(let p): try make("decided", p.cycle.description, p)
        case .strategyJudged(let p): try make("strategyJudged", p.cycle.description, p)
        case .orderSubmitted(let p): try make("orderSubmitted", p.order.trade.text, p)
        case .orderChanged(let p): try make("orderChanged", p.order.text, p)
        case .positionOpened(let p): try make("positionOpened", p.trade.text, p)
        case .positionMarked(let p): try make("positionMarked", p.trade.text, p)
        case .positionReduced(let p): try make("positionReduced", p.trade.text, p)
        case .positionWrittenOff(let p): try make("positionWrittenOff", p.trade.text, p)
        case .entryFailed(let p): try make("entryFailed", p.trade.text, p)
        case .tradeClosed(let p): try make("tradeClosed", p.trade.text, p)
        case .breakerTripped(let p): try make("breakerTripped", p.breaker.rawValue, p)
        case .breakerReset(let p): try make("breakerReset", p.breaker.rawValue, p)
        case .killSwitchSet(let p): try make("killSwitchSet", "", p)
        case .clockCorrected(let p): try make("clockCorrected", "", p)
        case .troubleBegan(let p): try make("troubleBegan", Trouble.key(p.kind, p.subject), p)
        case .troubleEnded(let p): try make("troubleEnded", Trouble.key(p.kind, p.subject), p)
        case .equityMarked(let p): try make("equityMarked", "", p)
        case .cycleClosed(let p): try make("cycleClosed", p.cycle.description, p)
        case .messageQueued(let p): try make("messageQueued", "\(p.number)", p)
        }
    }

    static func decode(kind: String, body: String) throws -> JournalEvent {
        func payload<P: Decodable>(_ type: P.Type) throws -> P { try JSONDecoder().decode(type, from: Data(body.utf8)) }
        return switch kind {
        case "journalOpened": .journalOpened(try payload(JournalOpened.self))
        case "cashMoved": .cashMoved(try payload(CashMoved.self))
        case "tradingDayStarted": .tradingDayStarted(try payload(TradingDayStarted.self))
        case "cycleOpened": .cycleOpened(try payload(CycleOpened.self))
        case "cycleMissed": .cycleMissed(try payload(CycleMissed.self))
        case "snapshotTaken": .snapshotTaken(try payload(SnapshotTaken.self))
        case "callReserved": .callReserved(try payload(CallReserved.self))
        case "callSettled": .callSettled(try payload(CallSettled.self))
        case "opinionsGiven": .opinionsGiven(try payload(OpinionsGiven.self))
        case "decided": .decided(try payload(Decided.self))
        case "strategyJudged": .strategyJudged(try payload(StrategyJudged.self))
        case "orderSubmitted": .orderSubmitted(try payload(OrderSubmitted.self))
        case "orderChanged": .orderChanged(try payload(OrderChanged.self))
        case "positionOpened": .positionOpened(try payload(PositionOpened.self))
        case "positionMarked": .positionMarked(try payload(PositionMarked.self))
        case "positionReduced": .positionReduced(try payload(PositionReduced.self))
        case "positionWrittenOff": .positionWrittenOff(try payload(PositionWrittenOff.self))
        case "entryFailed": .entryFailed(try payload(EntryFailed.self))
        case "tradeClosed": .tradeClosed(try payload(TradeClosed.self))
        case "breakerTripped": .breakerTripped(try payload(BreakerTripped.self))
        case "breakerReset": .breakerReset(try payload(BreakerReset.self))
        case "killSwitchSet": .killSwitchSet(try payload(KillSwitchSet.self))
        case "clockCorrected": .clockCorrected(try payload(ClockCorrected.self))
        case "troubleBegan": .troubleBegan(try payload(TroubleBegan.self))
        case "troubleEnded": .troubleEnded(try payload(TroubleEnded.self))
        case "equityMarked": .equityMarked(try payload(EquityMarked.self))
        case "cycleClosed": .cycleClosed(try payload(CycleClosed.self))
        case "messageQueued": .messageQueued(try payload(MessageQueued.self))
        default: throw UnknownEventKind(kind: kind)
        }
    }

    static func encode(book: Book) throws -> String { String(decoding: try encoder().encode(book), as: UTF8.self) }
    static func decodeBook(_ text: String) throws -> Book { try JSONDecoder().decode(Book.self, from: Data(text.utf8)) }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// A journal entry of a kind this version does not know.
struct UnknownEventKind: Error { let kind: String }
