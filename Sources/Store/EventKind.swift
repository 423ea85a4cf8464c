// How the journal names each kind of event, and the version of its shape. Version 1 stands under the plain name, a later one
// under `name.2`: a program that does not know it has no such kind and refuses the journal instead of reading half of it.
import Ports

enum EventKind: String, CaseIterable {
    case journalOpened, cashMoved, tradingDayStarted, cycleOpened, cycleMissed, snapshotTaken, callReserved, callSettled, opinionsGiven, decided
    case strategyJudged, orderSubmitted, orderChanged, positionOpened, positionIncreased, feeValued, positionMarked, positionReduced,
        positionWrittenOff, entryFailed
    case tradeClosed, breakerTripped, breakerReset, killSwitchSet, clockCorrected, troubleBegan, troubleEnded, equityMarked, cycleClosed
    case messageQueued

    /// Raised with every change of the payload's shape; the older text keeps its reading.
    var version: Int { 1 }

    /// The name that new entries are written under.
    var name: String { version == 1 ? rawValue : "\(rawValue).\(version)" }

    /// - Parameter name: as it stands in the journal.
    init(name: String) throws(JournalError) {
        guard let kind = EventKind(rawValue: name) else {
            throw .newer("the journal holds a '\(name)', which this version does not know: install the version that wrote it, or use another --home")
        }
        self = kind
    }
}
