// Which moment is written down. The venue's clock, if it answers; else ours, as long as neither of these speaks against it:
// the journal, and what the machine itself counted since the last sound step. A moment nobody confirms never reaches the
// journal, where it would stand in the way of every right one until it comes.
public import Kernel
public import Market

/// What is known about the time, before anything is written.
public struct TimeEvidence: Hashable, Sendable {
    /// What our wall clock says.
    public let ours: Timestamp
    /// The venue's answer; nil if it gave none.
    public let venue: VenueClock?
    /// Whether there is a venue to ask: the embedded market's time is ours.
    public let hasVenue: Bool
    /// When the journal began, and its newest entry; nil for a journal that is still empty.
    public let began: Timestamp?
    public let newest: Timestamp?
    /// The last sound step's moment and what the machine counted since; nil if it was started anew meanwhile.
    public let counted: Timestamp?

    public init(ours: Timestamp, venue: VenueClock?, hasVenue: Bool, began: Timestamp?, newest: Timestamp?, counted: Timestamp?) {
        self.ours = ours
        self.venue = venue
        self.hasVenue = hasVenue
        self.began = began
        self.newest = newest
        self.counted = counted
    }
}

public struct BelievedTime: Hashable, Sendable {
    public let moment: Timestamp
    /// Why our clock is not believed; nil if it is.
    public let doubt: String?
    /// False if not even the moment is known: nothing can be judged by it, and it only stands for `not later than now`.
    public let isKnown: Bool
    /// Whether entries of a later moment are wrong for certain.
    public let isConfirmed: Bool

    /// A clock that far off is wrong; a venue's answer and a journal's newest entry differ by less on a sound machine.
    static let tolerance = TimeSpan.seconds(60)
    /// How long an account may lie idle before a moment needs somebody who confirms it.
    static let idle = TimeSpan.days(31)
    /// What this program can be asked to write: 2009 to 8999.
    static let possible = Timestamp(milliseconds: 1_230_768_000_000)..<Timestamp(milliseconds: 221_845_392_000_000)

    public init(_ evidence: TimeEvidence) {
        if let venue = evidence.venue, Self.possible.contains(venue.venueTime(at: evidence.ours)) {
            self = Self(outvoting: venue, evidence) ?? Self(answered: venue, evidence)
        } else if evidence.hasVenue {
            self.init(unanswered: evidence)
        } else {
            self.init(withoutVenue: evidence)
        }
    }

    private init(answered venue: VenueClock, _ evidence: TimeEvidence) {
        self =
            venue.verdict == .refuseStart
            ? Self(venue.venueTime(at: evidence.ours), doubt: venue.words, isConfirmed: true)
            : Self(evidence.ours, isConfirmed: true)
    }

    /// Three against one: a venue that gives a moment before what the journal has, while our clock and what the machine
    /// counted since the last sound step agree with the journal. Purchases would seem to have come before they did.
    private init?(outvoting venue: VenueClock, _ evidence: TimeEvidence) {
        guard let newest = evidence.newest, let counted = evidence.counted else { return nil }
        let ours = evidence.ours, said = venue.venueTime(at: ours)
        guard said + Self.tolerance < newest, newest <= ours + Self.tolerance,
            (ours - counted).milliseconds.magnitude <= Self.tolerance.milliseconds.magnitude
        else { return nil }
        self.init(ours, doubt: "the venue's clock says \(said.words), and what it has answered already was of \(newest.words)")
    }

    /// Nobody else has a clock: ours counts, unless it is no time at all or before the journal's own beginning.
    private init(withoutVenue evidence: TimeEvidence) {
        let ours = evidence.ours, rest = evidence.newest ?? Self.possible.lowerBound
        if !Self.possible.contains(ours) {
            self.init(rest, doubt: "our clock says \(ours.words), which cannot be", isKnown: false)
        } else if let began = evidence.began, ours + Self.tolerance < began {
            self.init(
                rest,
                doubt: "our clock says \(ours.words), and this journal began \(began.words); "
                    + "where the clock is right: carillon journal correct-clock --reason \"…\"", isKnown: false)
        } else {
            self.init(ours, isConfirmed: true)
        }
    }

    /// The venue gives no time now.
    private init(unanswered evidence: TimeEvidence) {
        let ours = evidence.ours
        if let counted = evidence.counted, Self.possible.contains(counted) {
            let apart = (ours - counted).milliseconds.magnitude
            // A crystal may be wrong by a part in a thousand, and a sleeping machine's by more: it only has to tell a step.
            self =
                apart <= Self.tolerance.milliseconds.magnitude
                ? Self(ours)
                : Self(counted, doubt: "our clock stepped to \(ours.words), and the venue gives no time")
            return
        }
        guard let newest = evidence.newest else {
            self =
                Self.possible.contains(ours)
                ? Self(ours) : Self(Self.possible.lowerBound, doubt: "our clock says \(ours.words), which cannot be", isKnown: false)
            return
        }
        self =
            ours + Self.tolerance >= newest && ours <= newest + Self.idle && Self.possible.contains(ours)
            ? Self(ours)
            : Self(newest, doubt: "our clock says \(ours.words), the newest entry is of \(newest.words), and the venue gives no time", isKnown: false)
    }

    private init(_ moment: Timestamp, doubt: String? = nil, isKnown: Bool = true, isConfirmed: Bool = false) {
        self.moment = moment
        self.doubt = doubt
        self.isKnown = isKnown
        self.isConfirmed = isConfirmed
    }
}

extension VenueClock {
    /// `our clock is 3.4 s behind the venue's`, `our clock is 400 d ahead of the venue's`.
    public var words: String {
        let tenths = (offset.milliseconds.magnitude + 50) / 100, seconds = (offset.milliseconds.magnitude + 500) / 1_000
        let span =
            switch seconds {
            case ..<120: "\(tenths / 10).\(tenths % 10) s"
            case ..<7_200: "\((seconds + 30) / 60) min"
            case ..<172_800: "\((seconds + 1_800) / 3_600) h"
            default: "\((seconds + 43_200) / 86_400) d"
            }
        return "our clock is \(span) \(offset.milliseconds > 0 ? "behind" : "ahead of") the venue's"
    }
}

extension Timestamp {
    /// To the minute; a moment beyond all calendars is named as such.
    fileprivate var words: String { civil.year > 9_999 || civil.year < 1 ? "the year \(civil.year)" : String(iso8601.prefix(16)) + "Z" }
}
