// What is wrong and lasts: one message says that it begins and one that it ends, and every face shows it meanwhile.
// A breaker keeps entries out; a trouble says what the program knows about itself and cannot mend alone.
public import Kernel

public enum TroubleKind: String, Codable, Sendable, CaseIterable {
    /// The price of what is held cannot be read: its stop cannot be judged.
    case blind
    /// Candles of what is held contradict the venue's other prices.
    case disputed
    /// What is held could not be sold, by its bracket or by hand.
    case unsellable
    /// Our clock is more than a minute from the venue's.
    case clock
    /// No prices at all: the source is down, or wants silence.
    case noPrices
    /// Nothing can be bought, hour after hour, for one reason.
    case notBuying
    /// Analysts that cannot answer.
    case panelSilent

    /// Whether a message with sound calls a person; the others make no sound.
    public var isUrgent: Bool {
        switch self {
        case .blind, .disputed, .unsellable, .clock, .noPrices, .panelSilent: true
        case .notBuying: false
        }
    }
}

public struct Trouble: Hashable, Codable, Sendable {
    public let kind: TroubleKind
    /// Whom it is about: a pair, a source, an analyst; the program itself if it is empty.
    public let subject: String
    public let since: Timestamp
    public let why: String
    /// True until a message says it: what passes within a minute calls nobody. nil after that, so that a book of an older
    /// version reads the same.
    public internal(set) var isSuspected: Bool?
    public init(_ kind: TroubleKind, _ subject: String = "", since: Timestamp, why: String, isSuspected: Bool? = nil) {
        self.kind = kind
        self.subject = subject
        self.since = since
        self.why = why
        self.isSuspected = isSuspected
    }
    public var isTold: Bool { isSuspected != true }
    public var key: String { Self.key(kind, subject) }
    public static func key(_ kind: TroubleKind, _ subject: String) -> String { "\(kind.rawValue):\(subject)" }
}

public struct TroubleBegan: Hashable, Codable, Sendable {
    public let kind: TroubleKind
    public let subject: String
    public let why: String
    /// True if it is kept without a message yet: a second beginning sends one. nil elsewhere.
    public let isSuspected: Bool?
    public init(kind: TroubleKind, subject: String, why: String, isSuspected: Bool? = nil) {
        self.kind = kind
        self.subject = subject
        self.why = why
        self.isSuspected = isSuspected
    }
}

public struct TroubleEnded: Hashable, Codable, Sendable {
    public let kind: TroubleKind
    public let subject: String
    /// How it ended, if that is not plain: `sold at 14.02`.
    public let how: String
    public init(kind: TroubleKind, subject: String, how: String) {
        self.kind = kind
        self.subject = subject
        self.how = how
    }
}

extension Book {
    /// What is wrong now, the most urgent kind first, then by subject.
    public var troubles: [Trouble] {
        let order = TroubleKind.allCases
        return (standing ?? [:]).values.sorted {
            let (a, b) = (order.firstIndex(of: $0.kind) ?? 0, order.firstIndex(of: $1.kind) ?? 0)
            return a != b ? a < b : $0.subject < $1.subject
        }
    }

    public func trouble(_ kind: TroubleKind, _ subject: String = "") -> Trouble? { standing?[Trouble.key(kind, subject)] }

    public func troubles(of kind: TroubleKind) -> [Trouble] { troubles.filter { $0.kind == kind } }

    /// A second beginning keeps the first moment, because the whole time counts. It confirms what was only suspected.
    mutating func apply(_ began: TroubleBegan, at time: Timestamp) {
        let trouble = Trouble(began.kind, began.subject, since: time, why: began.why, isSuspected: began.isSuspected)
        guard standing?[trouble.key] == nil else {
            if began.isSuspected != true { standing?[trouble.key]?.isSuspected = nil }
            return
        }
        standing = (standing ?? [:]).merging([trouble.key: trouble]) { first, _ in first }
    }

    mutating func apply(_ ended: TroubleEnded) {
        standing?[Trouble.key(ended.kind, ended.subject)] = nil
        if standing?.isEmpty == true { standing = nil }
    }
}
