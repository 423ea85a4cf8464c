// How the journal names each kind of event, and the version of its shape. Version 1 stands under the plain name, a later one
// under `name.2`: a program that does not know it has no such kind and refuses the journal instead of reading half of it.
import Ports

public enum EventKind: String, CaseIterable, Sendable {
    case journalOpened, accountOpened, cashMoved, tradingDayStarted, cycleOpened, cycleMissed, snapshotTaken, callReserved, callSettled
    case opinionsGiven, decided, candlesTaken, strategyJudged, orderSubmitted, orderChanged, positionOpened, positionIncreased, feeValued
    case positionMarked, positionReduced, positionWrittenOff, entryFailed, tradeClosed, breakerTripped, breakerReset, killSwitchSet
    case clockCorrected, troubleBegan, troubleEnded, equityMarked, cycleClosed, messageQueued

    /// Raised with every change of the payload's shape; `Upcasts` reads the older text.
    var version: Int {
        switch self {
        case .cashMoved, .tradingDayStarted, .decided, .strategyJudged, .orderSubmitted, .orderChanged, .positionOpened, .positionIncreased,
            .positionReduced, .tradeClosed, .breakerTripped, .breakerReset, .equityMarked, .messageQueued:
            2
        case .journalOpened, .accountOpened, .cycleOpened, .cycleMissed, .snapshotTaken, .callReserved, .callSettled, .opinionsGiven,
            .candlesTaken, .feeValued, .positionMarked, .positionWrittenOff, .entryFailed, .killSwitchSet, .clockCorrected, .troubleBegan,
            .troubleEnded, .cycleClosed:
            1
        }
    }

    /// The name that new entries are written under.
    var name: String { name(of: version) }

    private func name(of version: Int) -> String { version == 1 ? rawValue : "\(rawValue).\(version)" }

    /// The names of all versions as an SQL list: `'decided','decided.2'`.
    static func list(_ kinds: EventKind...) -> String {
        kinds.flatMap { kind in (1...kind.version).map { "'\(kind.name(of: $0))'" } }.joined(separator: ",")
    }
}

/// A kind of event in one of its versions, as the journal names it.
struct VersionedKind {
    let kind: EventKind
    let version: Int

    /// - Parameter name: as it stands in the journal.
    init(name: String) throws(JournalError) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let kind = EventKind(rawValue: parts[0]), version = parts.count == 1 ? 1 : Int(parts[1]) ?? 0
        guard let kind, parts.count == 1 || (2...max(2, kind.version)).contains(version) && version <= kind.version && parts[1] == "\(version)" else {
            throw .newer("the journal holds a '\(name)', which this version does not know: install the version that wrote it, or use another --home")
        }
        self.kind = kind
        self.version = version
    }
}
