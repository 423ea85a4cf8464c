// What the journal shows of who was there: when a cycle or a minute wrote, and which troubles stood. Kept only while
// something is open, so that it stays small.
import Events
import Kernel

struct AuditPresence {
    /// Entries that only a cycle or a minute at work writes.
    private static let signs: Set<String> = ["cycleOpened", "cycleClosed", "snapshotTaken", "positionMarked", "equityMarked"]
    /// At each end of a time, this much belongs to what began or ended it.
    private static let step = TimeSpan.minutes(1)

    private struct Trouble {
        let kind: TroubleKind
        let subject: String
        let from: Timestamp
        var to: Timestamp?
    }
    private var seen: [Timestamp] = []
    private var troubles: [Trouble] = []

    mutating func note(_ kind: String, at time: Timestamp) {
        guard Self.signs.contains(kind), seen.last.map({ time - $0 >= Self.step || time < $0 }) ?? true else { return }
        seen.append(time)
    }

    mutating func begin(_ row: AuditRows.Trouble, at time: Timestamp) {
        guard let kind = TroubleKind(rawValue: row.kind), !troubles.contains(where: { $0.kind == kind && $0.subject == row.subject && $0.to == nil })
        else { return }
        troubles.append(Trouble(kind: kind, subject: row.subject, from: time))
    }

    mutating func end(_ row: AuditRows.Trouble, at time: Timestamp) {
        for index in troubles.indices
        where troubles[index].kind.rawValue == row.kind && troubles[index].subject == row.subject && troubles[index].to == nil {
            troubles[index].to = time
        }
    }

    /// Forgets the past, which explains nothing once nothing is open; troubles that still stand are kept.
    mutating func forget() {
        if !seen.isEmpty { seen = [] }
        troubles.removeAll { $0.to != nil }
    }

    /// Why nobody acted from `from` to `to`.
    func cause(_ form: JournalAudit.Unguarded.Form, of symbol: String?, from: Timestamp, to: Timestamp) -> JournalAudit.Unguarded.Cause {
        let standing = troubles.filter { $0.from <= to && ($0.to ?? to) >= from }.map { ($0.kind, $0.subject) }
        for kind in TroubleKind.allCases {
            switch kind {
            case .blind, .disputed, .unsellable: if standing.contains(where: { $0.0 == kind && $0.1 == symbol }) { return .trouble(kind) }
            case .clock, .noPrices: if standing.contains(where: { $0.0 == kind }) { return .trouble(kind) }
            case .notBuying, .panelSilent: break
            }
        }
        // A stop that is missing for a moment is the program's own doing; an exit that is late by one is a minute that was missed.
        if form == .noStop, to - from <= Self.step * 2 { return .unexplained }
        return seen.contains { $0 > from + Self.step && $0 <= to - Self.step } ? .unexplained : .nobodyAtWork
    }
}
