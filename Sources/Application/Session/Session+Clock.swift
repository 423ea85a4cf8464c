// The moment that is written down: asked of the venue, held against the journal and what the machine counted.
import Engine
import Events
import Messaging
package import Ports
import Store
import Trading

extension Session {
    /// An existing journal, at a moment that is believed.
    package static func writing(_ caller: Caller) async throws -> Session {
        let session = try await open(caller, .changing).believing()
        try Opening.openAccount(session.journal, at: session.clock.now)
        return session
    }

    /// This session by a clock that is believed; asked anew for each step of a long-running process. What an older version
    /// wrote down of moments still to come is set back.
    package func believing() async throws(JournalError) -> Session {
        let clock = caller.clock
        let evidence = try await evidence(clock), time = BelievedTime(evidence)
        var session = self
        session.time = time
        session.clock = time.doubt == nil ? clock : AnchoredClock(clock, at: time.moment)
        // A demo's hours that never came say nothing about a clock; whoever would trade in it is refused.
        if let doubt = time.doubt, try !Opening.isFutureDemo(journal, at: clock.now) {
            caller.say("carillon: \(doubt); moments are written down as of \(time.moment)")
        }
        if time.isConfirmed {
            let why = evidence.venue == nil ? "this machine's clock says \(time.moment)" : "the venue's clock says \(time.moment)"
            try ClockWatch.correct(journal, at: session.clock.now, why: why)
        }
        return session
    }

    private func evidence(_ clock: any Clock) async throws(JournalError) -> TimeEvidence {
        let book = try journal.book()
        // A demo's time is its own.
        let world = book.identity?.start == nil ? try? World.live(configuration, caller, home: folder, clock: clock) : nil
        let check = world.map { ClockCheck(venue: $0.market.name, measure: $0.sources.venueClock, fetching: $0.timing) }
        let venue = await check?.reading()
        return TimeEvidence(
            ours: clock.now, venue: venue, hasVenue: world?.sources.venueClock != nil, began: book.main.baselines.firstDepositAt,
            newest: try journal.newestEntry(), counted: Heartbeat(self).counted)
    }
}
