// Reasons for not buying as versions before 0.2 wrote them, in sentences, read back into codes and numbers.
import Analysis
import Kernel
import Market
import Risk

enum OldReasons {
    private struct Form: Sendable {
        let form: String
        let read: @Sendable ([String]) -> Refusal?

        init(_ form: String, _ read: @escaping @Sendable ([String]) -> Refusal?) {
            self.form = form
            self.read = read
        }
    }

    /// The first form that fits counts.
    private static let forms: [Form] = [
        Form("already open") { _ in .alreadyOpen },
        Form("sold at this very close") { _ in .soldAtThisClose },
        Form("sold meanwhile") { _ in .soldMeanwhile },
        Form("a sale is under way") { _ in .saleUnderWay },
        Form("no price now") { _ in .noPrice },
        Form("no price now; %") { _ in .noPrice },
        Form("too few candles for a range") { _ in .noRange },
        Form("the bracket's settings make no ladder") { _ in .noLadder },
        Form("the venue's rules for it could not be read") { _ in .noRules },
        Form("its hourly candles could not be read to compare it with what is held") { _ in .noHourlyCandles },
        Form("the panel was not asked about it") { _ in .notAsked },
        Form("no room: % of % positions of % are open") { p in
            Int(p[0]).flatMap { open in Int(p[1]).map { .noRoom(open: open, limit: $0) } }
        },
        Form("stopped out at %, not again before %") { p in
            Timestamp(iso8601: p[0]).flatMap { at in Timestamp(iso8601: p[1]).map { .stoppedOut(at: at, until: $0) } }
        },
        Form("the snapshot is % s old, limit % s") { p in spans(p, TimeSpan.seconds).map { .snapshotOld(age: $0, limit: $1) } },
        Form("the answers are % s old, limit % s") { p in spans(p, TimeSpan.seconds).map { .answersOld(age: $0, limit: $1) } },
        Form("its candle closed % min ago, limit % min") { p in spans(p, TimeSpan.minutes).map { .closeOld(age: $0, limit: $1) } },
        Form("the price moved by % since the snapshot, limit %") { p in
            Double(p[0]).flatMap { by in Double(p[1]).map { .moved(by: by, limit: $0) } }
        },
        Form("cannot be compared with %, which is held and has no sound prices %") { p in Symbol(p[0]).map { .incomparable(with: $0) } },
        Form("moves like % (correlation %, limit %)") { p in
            guard let symbol = Symbol(p[0]), let correlation = Double(p[1]), let limit = FixedDecimal(p[2]) else { return nil }
            return .alike(to: symbol, correlation: correlation, limit: Ratio(limit))
        },
        Form("the panel's conviction is %, at least % is asked for") { p in
            FixedDecimal(p[0]).flatMap { found in FixedDecimal(p[1]).map { .conviction(Ratio(found), least: Ratio($0)) } }
        },
        Form("our clock is % the venue's, limit 2 s") { p in clock(p[0]) },
        Form("our clock %") { _ in .clockInDoubt },
        Form("the venue's clock %") { _ in .clockInDoubt }
    ]

    /// - Parameter size: what the review's size says of itself, for a text that begins with `size`.
    static func refusal(_ text: String, _ size: Refusal?) -> Refusal {
        if OldText.parts(text, "size: %") != nil { return size ?? .size(.malformed, bound: nil, kelly: nil, allowed: nil) }
        if let parts = OldText.parts(text, "the panel did not agree%") {
            guard let why = OldText.parts(parts[0], ": %")?[0] else { return .notAgreed(nil, veto: nil) }
            let keptOut = keptOut(why, vetoedBy: nil)
            guard case .vetoed = keptOut else { return .notAgreed(keptOut, veto: nil) }
            return .notAgreed(keptOut, veto: OldText.parts(why, "%: %")?[1])
        }
        for form in forms { if let parts = OldText.parts(text, form.form), let refusal = form.read(parts) { return refusal } }
        if let name = text.split(separator: ":").first.flatMap({ RiskCheckName(rawValue: String($0)) }) { return .check(name) }
        return farFromClose(text) ?? .unread
    }

    private static func spans(_ parts: [String], _ unit: (Int) -> TimeSpan) -> (TimeSpan, TimeSpan)? {
        guard let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
        return (unit(first), unit(second))
    }

    /// The sign of a per cent stands in the text itself.
    private static func farFromClose(_ text: String) -> Refusal? {
        guard let parts = OldText.parts(text.replacing(" % away", with: " percent away"), "the price % is % percent away from the close %, limit %"),
            let price = Price(parts[0]), let share = OldText.percent(parts[1]), let close = Price(parts[2]), let limit = OldText.percent(parts[3])
        else { return nil }
        return .farFromClose(price: price, close: close, share: share, limit: limit)
    }

    /// `3.4 s behind`, `5 min ahead of`.
    private static func clock(_ text: String) -> Refusal? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 3, let count = Double(words[0]) else {
            return nil
        }
        let units: [String: Double] = ["s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = units[words[1]], count < 1e6 else { return nil }
        let offset = TimeSpan(milliseconds: Int64((count * unit).rounded()) * (words[2] == "behind" ? 1 : -1))
        return .clockOff(offset: offset, limit: VenueClock.sendLimit)
    }

    static func keptOut(_ text: String, vetoedBy guardian: String?) -> KeptOut {
        if text == "not shortlisted" { return .notShortlisted }
        if let parts = OldText.parts(text, "no shortlist: % was not offered"), let symbol = Symbol(parts[0]) {
            return .noShortlist(.notOffered(symbol))
        }
        if let parts = OldText.parts(text, "no shortlist: %") { return .noShortlist(.abstained(why: parts[0])) }
        if let parts = OldText.parts(text, "ranked %, only the best % go on"), let rank = Int(parts[0]), let top = Int(parts[1]) {
            return .ranked(rank, top: top)
        }
        if let parts = OldText.parts(text, "% of % agree, % oppose"), let agree = Int(parts[0]), let needed = Int(parts[1]),
            let oppose = Int(parts[2])
        {
            return .tooFew(agree: agree, needed: needed, oppose: oppose)
        }
        if let parts = OldText.parts(text, "% of % agree"), let agree = Int(parts[0]), let needed = Int(parts[1]) {
            return .tooFew(agree: agree, needed: needed, oppose: 0)
        }
        return .vetoed(by: guardian ?? text.split(separator: ":").first.map(String.init) ?? "")
    }
}
