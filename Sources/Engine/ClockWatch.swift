// Says that our clock is wrong, once, and that it is right again; and sets back what an older version wrote down
// of moments that are still to come.
import Events
public import Kernel
public import Ports
import Trading

public struct ClockWatch {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    /// The trouble `clock` begins with a doubt and ends with the first step that has none.
    public func note() throws(EngineError) {
        let time = parts.clock.now
        do {
            try parts.journal.commit(at: time) { book in
                guard book.identity != nil else { return [] }
                var writer = EventWriter(book: book, time: time)
                if let doubt = parts.time?.doubt { writer.begin(.clock, why: doubt) } else { writer.end(.clock) }
                return writer.events
            }
        } catch { throw .journal(error) }
    }

    /// Entries of an hour from now cannot be right, whoever wrote them.
    static let tolerance = TimeSpan.hours(1)

    /// Sets the book back to now if its newest entry is still to come; else does nothing, and nothing ever to a demo's
    /// journal, whose time is its own. Returns the moment that was ahead.
    @discardableResult
    public static func correct(
        _ journal: any Journal, at now: Timestamp, why: String
    ) throws(JournalError) -> Timestamp? {
        guard let newest = try journal.newestEntry(), newest > now + tolerance else { return nil }
        var isDone = false
        try journal.commit(at: now) { book in
            guard book.identity?.start == nil else { return [] }
            isDone = true
            var writer = EventWriter(book: book, time: now)
            if let open = book.openCycle, open.id.hour > now { writer.write(.cycleClosed(CycleClosed(interrupted: open))) }
            writer.write(.clockCorrected(ClockCorrected(newest: newest, why: why)))
            writer.say(.notice(.clockCorrected(newest: newest, why: why)))
            return writer.events
        }
        return isDone ? newest : nil
    }
}

extension CycleClosed {
    /// A cycle that was begun and broke off.
    init(interrupted open: OpenCycle) {
        var funnel = open.funnel ?? Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0)
        funnel.entered = open.entered
        self.init(cycle: open.id, funnel: funnel, skipped: Self.interruption, modelCost: open.modelCost, calls: open.calls)
    }
}
