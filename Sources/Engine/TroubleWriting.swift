// How a trouble is written down, with one message when it begins and one when it ends. What may pass by itself within a
// minute is kept at once, so that every face shows it; its message waits until it is still there at the next look.
import Events
import Kernel

extension EventWriter {
    /// How long a suspicion stands before its message: the next step of a minute's monitor finds it old enough.
    static let patience = TimeSpan.seconds(45)

    /// Writes down and says that something is wrong; does nothing while that is known already.
    mutating func begin(_ kind: TroubleKind, _ subject: String = "", why: String) {
        guard book.trouble(kind, subject)?.isTold != true else { return }
        write(.troubleBegan(TroubleBegan(kind: kind, subject: subject, why: why)))
        if let trouble = book.trouble(kind, subject) { say(.troubleBegan(trouble)) }
    }

    /// Writes down what is wrong, and says it if it was so a minute ago: several subjects in one message.
    mutating func suspect(_ kind: TroubleKind, _ found: [(subject: String, why: String)]) {
        var told: [Trouble] = []
        for (subject, why) in found {
            let known = book.trouble(kind, subject)
            if let known {
                guard !known.isTold, known.since + Self.patience <= time else { continue }
            }
            write(.troubleBegan(TroubleBegan(kind: kind, subject: subject, why: why, isSuspected: known == nil ? true : nil)))
            if known != nil, let trouble = book.trouble(kind, subject) { told.append(trouble) }
        }
        if let trouble = Trouble(merging: told) { say(.troubleBegan(trouble)) }
    }

    /// Writes down and says that it is over; does nothing if nothing was wrong.
    mutating func end(_ kind: TroubleKind, _ subject: String = "", how: String = "") { end(kind, [subject], how: how) }

    /// The same for several subjects, in one message. A trouble without a message ends without one.
    mutating func end(_ kind: TroubleKind, _ subjects: [String], how: String = "") {
        var told: [Trouble] = []
        for subject in subjects {
            guard let trouble = book.trouble(kind, subject) else { continue }
            write(.troubleEnded(TroubleEnded(kind: kind, subject: subject, how: how)))
            if trouble.isTold { told.append(trouble) }
        }
        if let trouble = Trouble(merging: told) { say(.troubleEnded(trouble, how: how, at: time)) }
    }
}

extension Trouble {
    /// One of several subjects, since the first of them; nil for none.
    init?(merging all: [Trouble]) {
        guard let first = all.first else { return nil }
        var reasons: [String] = []
        for trouble in all where !reasons.contains(trouble.why) { reasons.append(trouble.why) }
        self.init(
            first.kind, all.map(\.subject).joined(separator: ", "), since: all.map(\.since).min() ?? first.since, why: reasons.joined(separator: "; ")
        )
    }
}
