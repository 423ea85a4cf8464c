// A trouble that lasts: when it begins, when it ends, and the one line that every screen shows meanwhile.
public import Events
import Kernel

extension MessageRenderer {
    func began(_ trouble: Trouble) -> MessageText {
        let mark = trouble.kind.isUrgent ? "■" : "·"
        return .lines([.bold("\(mark) \(SafeText.line(trouble.headline))"), .text(trouble.advice)])
    }

    func ended(_ trouble: Trouble, how: String, at time: Timestamp) -> MessageText {
        let words = how.isEmpty ? "" : " (\(SafeText.line(how)))"
        let since = "since \(Format.moment(trouble.since, now: time, in: zone)) \(zone.name(at: time)), for \(Format.span(time - trouble.since))"
        return .text("✓ Over: \(SafeText.line(trouble.headline)); it lasted \(since)\(words)")
    }
}

extension Trouble {
    private var isOfSeveral: Bool { subject.contains(", ") }

    /// What is wrong and why, without its beginning: `LINK/USDT has no readable price: timeout`.
    public var headline: String {
        let because = why.isEmpty ? "" : ": \(why)"
        return switch kind {
        case .blind where isOfSeveral: "\(subject) have no readable price, their stops are blind\(because)"
        case .blind: "\(subject) has no readable price, its stop is blind\(because)"
        case .disputed where isOfSeveral: "\(subject) have disputed prices\(because)"
        case .disputed: "\(subject) has disputed prices\(because)"
        case .unsellable: "\(subject) could not be sold\(because)"
        case .clock: "The clock is wrong\(because)"
        case .noPrices: "No prices\(subject.isEmpty ? "" : " from \(subject)")\(because)"
        case .notBuying: "Nothing is bought\(because)"
        case .panelSilent: "\(subject.isEmpty ? "The panel" : subject) answers nothing\(because)"
        }
    }

    /// What happens meanwhile, and what a person can do.
    public var advice: String {
        let pair = isOfSeveral ? "PAIR" : subject
        return switch kind {
        case .blind: "Looked at again each minute. Look at the network and at the venue; to sell what is held: carillon close \(pair)"
        case .disputed:
            "Its stop goes by the venue's last price and order book while these can be read. Look at the venue; to sell: carillon close \(pair)"
        case .unsellable: "Tried again as the venue allows. Where it can never be sold: carillon close \(pair) --write-off --reason \"…\""
        case .clock:
            "Nothing is bought. Stops go by the clock that can be believed; if there is none, they cannot be judged. If ours is wrong: "
                + "timedatectl set-ntp true"
        case .noPrices: "Stops cannot be judged until there are some. Look at the network and at the venue; carillon doctor asks it"
        case .notBuying:
            "Open positions keep their stops and targets. It ends by itself when an hour's odds pay. To go on with small probes: "
                + "raise risk.probeUntilTrades; to find what pays: carillon backtest"
        case .panelSilent: "Nothing is bought on its word. See: carillon doctor"
        }
    }
}
