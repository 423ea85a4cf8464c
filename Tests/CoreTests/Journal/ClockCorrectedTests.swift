// The way back from a clock that was ahead: nothing in the book waits for a moment that is still to come.
import Risk
import Testing

@testable import Events
@testable import Kernel
@testable import Trading

@Suite("Set back after a clock that was ahead")
struct ClockCorrectedTests {
    private static let ahead = TimeSpan.days(400)

    /// An account that lived 400 days ahead for a while, and then now.
    private func corrected(_ ahead: TimeSpan = Self.ahead, _ life: (inout Story) -> Void) -> (story: Story, now: Timestamp) {
        var story = Story("10000")
        let now = story.time
        story.time = now + ahead
        life(&story)
        let newest = story.time
        story.time = now + .minutes(1)
        story.tell(.clockCorrected(ClockCorrected(newest: newest, why: "test")))
        return (story, story.time)
    }

    @Test("a position is read from now on, and its fill is not after now")
    func position() throws {
        let (story, now) = corrected { $0.buy() }
        let holding = try #require(story.book.main.position(coin)?.holding)
        #expect(holding.openedAt == now && holding.watch.readThrough == now)
        #expect(holding.bracket.stop == Story.held.bracket.stop)
    }

    @Test("a position that was read up to the past keeps its place")
    func untouched() throws {
        var story = Story("10000")
        story.buy()
        let before = story.book.main.position(coin)
        story.time = story.time + .minutes(5)
        story.tell(.clockCorrected(ClockCorrected(newest: story.time + .days(400), why: "test")))
        #expect(story.book.main.position(coin) == before)
    }

    @Test("an order without an answer is asked for at a price of now")
    func order() throws {
        let (story, now) = corrected { $0.announce() }
        #expect(story.book.main.unresolvedOrders.map(\.createdAt) == [now])
    }

    @Test("the trading day begins anew tomorrow, and a breaker pauses as long as it was meant to")
    func dayAndBreakers() {
        let (story, now) = corrected { story in
            story.startDay("10000")
            story.trip(.streak, until: story.time + .hours(6))
            story.trip(.drawdown, until: nil)
        }
        #expect(story.book.main.baselines.day == now)
        #expect(story.book.main.breakers["streak"]?.until == now + .hours(6) && story.book.main.breakers["drawdown"]?.until == nil)
        #expect(story.book.main.activeBreakers(at: now + .hours(5)).map(\.name) == [.streak, .drawdown])
    }

    @Test(
        "an hour that was rung ahead keeps no other from ringing; hours of the next day are not rung twice",
        arguments: [(TimeSpan.days(400), true), (.hours(20), false)])
    func cycles(_ ahead: TimeSpan, _ isSetBack: Bool) {
        let (story, now) = corrected(ahead) { story in
            story.tell(.cycleMissed(CycleMissed(first: CycleId(hour: story.time), last: CycleId(hour: story.time), count: 1, why: "test")))
        }
        #expect(story.book.lastCycle == CycleId(hour: (isSetBack ? now : fourteen + ahead).floored(to: .hours(1))))
        #expect(story.book.missed == nil)
    }
}

extension Story {
    /// What the usual purchase holds.
    fileprivate static var held: Holding {
        var story = Story("10000")
        story.buy()
        return story.book.main.position(coin)!.holding!
    }
}
