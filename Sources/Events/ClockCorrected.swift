// The way back from a clock that was ahead: entries of moments that are still to come stay in the journal as they were
// written, and what the book would wait for until then is set back to now.
public import Kernel
import Risk
import Trading

public struct ClockCorrected: Hashable, Codable, Sendable {
    /// The newest moment that was written down.
    public let newest: Timestamp
    /// Who says that it is still to come: the venue's clock, or a person's reason.
    public let why: String
    public init(newest: Timestamp, why: String) {
        self.newest = newest
        self.why = why
    }
}

extension Book {
    mutating func apply(_ corrected: ClockCorrected, at now: Timestamp) {
        for index in accounts.indices { accounts[index].setBack(to: now) }
        judged = judged.mapValues { $0.setBack(to: now) }
        lastSnapshot = lastSnapshot.map { $0.setBack(to: now) }
        standing = standing?.mapValues { Trouble($0.kind, $0.subject, since: min($0.since, now), why: $0.why, isSuspected: $0.isSuspected) }
        missed = nil
        // Hours of the next day are waited for, so that none is rung twice; beyond it an account would stand still.
        if let last = lastCycle, last.hour > now + .days(1) { lastCycle = CycleId(hour: now.floored(to: .hours(1))) }
    }
}

extension AccountBook {
    mutating func setBack(to now: Timestamp) {
        baselines.setBack(to: now)
        breakers = breakers.mapValues { $0.setBack(to: now) }
        stoppedOut = stoppedOut.mapValues { min($0, now) }
        orders = orders.mapValues { $0.setBack(to: now) }
        ended = ended.mapValues { entry in
            let order = entry.order.setBack(to: now)
            return EndedOrder(order, keptUntil: entry.keptUntil.map { min($0, order.validUntil + EndedOrder.afterWindow) })
        }
        positions = positions.mapValues { position in
            var position = position
            position.holding = position.holding?.setBack(to: now)
            return position
        }
    }
}

extension Baselines {
    fileprivate mutating func setBack(to now: Timestamp) {
        day = day.map { min($0, now) }
        firstDepositAt = firstDepositAt.map { min($0, now) }
    }
}

extension TrippedBreaker {
    /// It pauses for as long as it was meant to.
    fileprivate func setBack(to now: Timestamp) -> TrippedBreaker {
        since <= now ? self : TrippedBreaker(cause: cause, since: now, until: until.map { now + ($0 - since) })
    }
}

extension Holding {
    /// Candles are read from now on; those before were read, or belong to moments that never were.
    fileprivate func setBack(to now: Timestamp) -> Holding {
        var holding = self
        holding.openedAt = min(openedAt, now)
        holding.watch.readThrough = min(watch.readThrough, now)
        return holding
    }
}

extension Order {
    fileprivate func setBack(to now: Timestamp) -> Order {
        var order = self
        guard createdAt > now else { return order }
        (order.createdAt, order.validUntil) = (now, now + Order.validity)
        return order
    }
}

extension LastJudged {
    fileprivate func setBack(to now: Timestamp) -> LastJudged {
        var last = self
        last.closedAt = min(closedAt, now)
        last.owed = owed.mapValues { min($0, now) }
        return last
    }
}

extension SnapshotBookmark {
    fileprivate func setBack(to now: Timestamp) -> SnapshotBookmark {
        SnapshotBookmark(asOf: min(asOf, now), hash: hash, newest: newest.mapValues { min($0, now) }, offered: offered)
    }
}
