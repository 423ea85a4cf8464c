// Which moment may be written down: the venue's word first, then ours where nothing speaks against it, and a moment
// that is not later than now where nobody knows.
import Kernel
import Market
import Testing
import Trading

@Suite("The moment that is believed")
struct BelievedTimeTests {
    private static let now = Timestamp(iso8601: "2026-01-05T14:00:00Z")!
    private static let day: Int64 = 86_400_000

    /// - Parameters, all in milliseconds from the true moment: our clock, the venue's answer, the newest entry, what was counted.
    private static func judge(
        ours: Int64, venue: Int64? = nil, hasVenue: Bool = true, began: Int64? = -90 * day, newest: Int64? = -60_000, counted: Int64? = nil
    ) -> BelievedTime {
        func at(_ offset: Int64) -> Timestamp { now + TimeSpan(milliseconds: offset) }
        let clock = venue.map { VenueClock(offset: TimeSpan(milliseconds: $0 - ours), roundTrip: TimeSpan(milliseconds: 10), measuredAt: at(ours)) }
        return BelievedTime(
            TimeEvidence(ours: at(ours), venue: clock, hasVenue: hasVenue, began: began.map(at), newest: newest.map(at), counted: counted.map(at)))
    }

    @Test(
        "a venue that answers is believed where our clock is more than a minute from it",
        arguments: [
            (0, 0, false), (59_000, 59_000, false), (61_000, 0, true), (-61_000, 0, true), (400 * 86_400_000, 0, true), (-400 * 86_400_000, 0, true),
            // The year 10000 and beyond, and before 1970.
            (251_000_000_000_000, 0, true), (9_000_000_000_000_000, 0, true), (-1_800_000_000_000, 0, true)
        ] as [(Int64, Int64, Bool)])
    func answered(_ ours: Int64, _ believed: Int64, _ isDoubted: Bool) {
        let time = Self.judge(ours: ours, venue: 0)
        #expect(time.moment == Self.now + TimeSpan(milliseconds: believed) && (time.doubt != nil) == isDoubted && time.isKnown && time.isConfirmed)
    }

    @Test(
        "a venue that is behind what it answered before is outvoted by the journal, our clock and what the machine counted; by two of them it is not",
        arguments: [
            (-7_200_000, 0, 0, 0, true), (-7_200_000, 0, 0, nil, false), (-7_200_000, -7_200_000, 0, 0, false), (-7_200_000, 0, 7_200_000, 0, false),
            (7_200_000, 0, 0, 0, false), (-50_000, 0, 0, 0, false)
        ] as [(Int64, Int64, Int64, Int64?, Bool)])
    func outvoted(_ venue: Int64, _ ours: Int64, _ newest: Int64, _ counted: Int64?, _ isOutvoted: Bool) {
        let time = Self.judge(ours: ours, venue: venue, newest: newest, counted: counted)
        #expect(time.isKnown && time.isConfirmed != isOutvoted)
        if isOutvoted { #expect(time.moment == Self.now && time.doubt?.hasPrefix("the venue's clock says 2026-01-05T12:00Z") == true) }
    }

    @Test(
        "without its answer a step of our clock is seen by what the machine counted, forwards and backwards",
        arguments: [
            (30_000, 30_000, false), (-30_000, -30_000, false), (61_000, 0, true), (-3_600_000, 0, true), (400 * 86_400_000, 0, true),
            (-400 * 86_400_000, 0, true)
        ] as [(Int64, Int64, Bool)])
    func counted(_ ours: Int64, _ believed: Int64, _ isDoubted: Bool) {
        let time = Self.judge(ours: ours, counted: 0)
        #expect(time.moment == Self.now + TimeSpan(milliseconds: believed) && (time.doubt != nil) == isDoubted && time.isKnown && !time.isConfirmed)
    }

    @Test(
        "where the machine was started anew, a moment before the newest entry or a month after it is not known",
        arguments: [
            (0, true), (30 * 86_400_000, true), (32 * 86_400_000, false), (-3_600_000, false), (400 * 86_400_000, false), (251_000_000_000_000, false)
        ] as [(Int64, Bool)])
    func neither(_ ours: Int64, _ isKnown: Bool) {
        let time = Self.judge(ours: ours)
        #expect(time.isKnown == isKnown && (time.doubt == nil) == isKnown)
        #expect(time.moment == Self.now + TimeSpan(milliseconds: isKnown ? ours : -60_000))
    }

    @Test(
        "without any venue our clock counts, but not before the journal's beginning and not beyond the calendar",
        arguments: [
            (400 * 86_400_000, true), (-89 * 86_400_000, true), (-91 * 86_400_000, false), (251_000_000_000_000, false), (-1_800_000_000_000, false)
        ] as [(Int64, Bool)])
    func alone(_ ours: Int64, _ isKnown: Bool) {
        let time = Self.judge(ours: ours, hasVenue: false)
        #expect(time.isKnown == isKnown && time.isConfirmed == isKnown)
        if ours == -91 * Self.day { #expect(time.doubt?.contains("carillon journal correct-clock") == true) }
    }

    @Test("a new journal begins at our time where nothing speaks against it, and at none that cannot be")
    func new() {
        #expect(Self.judge(ours: 0, began: nil, newest: nil).isKnown)
        #expect(!Self.judge(ours: 251_000_000_000_000, began: nil, newest: nil).isKnown)
    }

    @Test("a venue that tells an absurd time is one that told none")
    func absurdVenue() {
        let time = Self.judge(ours: 0, venue: 251_000_000_000_000)
        #expect(time.moment == Self.now && time.doubt == nil && !time.isConfirmed)
    }

    @Test(
        "how far off a clock is, in words",
        arguments: [
            (3_400, "3.4 s behind"), (-9_900, "9.9 s ahead of"), (600_000, "10 min behind"), (-10_800_000, "3 h ahead of"),
            (-34_560_000_000, "400 d ahead of")
        ] as [(Int64, String)])
    func words(_ offset: Int64, _ words: String) {
        #expect(
            VenueClock(offset: TimeSpan(milliseconds: offset), roundTrip: TimeSpan(milliseconds: 0), measuredAt: Self.now).words
                == "our clock is \(words) the venue's")
    }
}
