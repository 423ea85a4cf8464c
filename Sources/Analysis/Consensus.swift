// Where opinions become candidates: enough voters agree, more agree than oppose, and every guard
// answered without a veto. Disagreement is kept, not averaged away.
public import Kernel
public import Market
public import Settings

/// What the panel's opinions of one offered instrument come to.
public struct Verdict: Hashable, Codable, Sendable {
    public let symbol: Symbol
    /// Voters that said buy at the floor or above.
    public let agreeing: [String]
    /// Voters that said sell at the floor or above.
    public let opposing: [String]
    /// Guards that kept it out, each with why.
    public let vetoes: [Veto]
    /// Mean over the voters that answered, anything but buy counted as 0. Ranks and sizes; not a probability.
    public let conviction: Ratio
    public let isShortlisted: Bool
    public let isAgreed: Bool
    /// 1 is best; nil if not agreed.
    public let rank: Int?
    /// Why it was not chosen; nil if it went to the gate.
    public let keptOut: KeptOut?

    public struct Veto: Hashable, Codable, Sendable {
        public let analyst: String
        public let why: String
        public init(analyst: String, why: String) {
            self.analyst = analyst
            self.why = why
        }
    }

    func ranked(_ rank: Int, keptOut: KeptOut?) -> Verdict {
        Verdict(
            symbol: symbol, agreeing: agreeing, opposing: opposing, vetoes: vetoes, conviction: conviction,
            isShortlisted: isShortlisted, isAgreed: isAgreed, rank: rank, keptOut: keptOut)
    }
}

public struct Consensus: Sendable {
    public let settings: ConsensusSettings
    public init(_ settings: ConsensusSettings) { self.settings = settings }

    /// Judges every offered instrument. `volumes` breaks ties by 24 h quote volume. Order: more agreements, higher
    /// conviction, higher volume, symbol. The first `top` go on; the others say why not.
    /// - Parameter panel: every analyst that was due, so that a missing answer is seen.
    public func judge(_ opinions: [Opinion], offered: [Symbol], panel: [PanelSeat], volumes: [Symbol: FixedDecimal]) -> [Verdict] {
        let bySymbol = Dictionary(grouping: opinions, by: \.symbol), known = Set(offered)
        let shortlistFailure = panel.first { $0.makesShortlist }
            .flatMap { seat in failure(of: opinions.filter { $0.analyst == seat.name }, known) }
        let verdicts = offered.map { symbol in
            judge(symbol, bySymbol[symbol] ?? [], panel, shortlistFailure: shortlistFailure)
        }
        let agreed = verdicts.filter(\.isAgreed).sorted { a, b in
            if a.agreeing.count != b.agreeing.count { return a.agreeing.count > b.agreeing.count }
            if a.conviction != b.conviction { return a.conviction > b.conviction }
            let (va, vb) = (volumes[a.symbol] ?? .zero, volumes[b.symbol] ?? .zero)
            return va != vb ? va > vb : a.symbol < b.symbol
        }
        let chosen = agreed.enumerated().map { index, verdict in
            verdict.ranked(index + 1, keptOut: index < settings.top ? nil : .ranked(index + 1, top: settings.top))
        }
        return chosen + verdicts.filter { !$0.isAgreed }
    }

    private func judge(_ symbol: Symbol, _ opinions: [Opinion], _ panel: [PanelSeat], shortlistFailure: ShortlistFault?) -> Verdict {
        var agreeing: [String] = [], opposing: [String] = [], vetoes: [Verdict.Veto] = []
        var sum = FixedDecimal.zero, answered = 0
        for seat in panel {
            let answer = answer(of: seat, opinions)
            switch seat.role {
            case .voter:
                guard case .given(let action, let conviction, _) = answer else { continue }
                answered += 1
                if action == .buy { sum += conviction.value }
                if action == .buy, conviction >= settings.floor { agreeing.append(seat.name) }
                if action == .sell, conviction >= settings.floor { opposing.append(seat.name) }
            case .guardian:
                if let why = veto(in: answer) { vetoes.append(.init(analyst: seat.name, why: why)) }
            }
        }
        let conviction = answered == 0 ? Ratio.zero : Ratio(sum.divided(by: FixedDecimal(answered), rounding: .down))
        let isShortlisted = isShortlisted(opinions, panel, agreeing)
        let enough = agreeing.count >= settings.agreements && agreeing.count > opposing.count
        let keptOut: KeptOut? =
            if let shortlistFailure { .noShortlist(shortlistFailure) } else if !isShortlisted { .notShortlisted } else if !enough {
                .tooFew(agree: agreeing.count, needed: settings.agreements, oppose: opposing.count)
            } else if let veto = vetoes.first { .vetoed(by: veto.analyst) } else { nil }
        return Verdict(
            symbol: symbol, agreeing: agreeing, opposing: opposing, vetoes: vetoes, conviction: conviction,
            isShortlisted: isShortlisted, isAgreed: keptOut == nil, rank: nil, keptOut: keptOut)
    }

    /// What a seat's opinions of one instrument amount to.
    private enum Answer {
        case missing
        case abstained(String)
        case given(Action, Ratio, reason: String)
    }

    /// An opinion is data from outside: a conviction that is none, and two answers to one question, are abstentions.
    private func answer(of seat: PanelSeat, _ opinions: [Opinion]) -> Answer {
        let given = opinions.filter { $0.analyst == seat.name }
        guard let opinion = given.first else { return .missing }
        guard given.count == 1 else { return .abstained("answered \(given.count) times") }
        guard let conviction = opinion.conviction else { return .abstained(opinion.abstainReason ?? "no reason given") }
        guard conviction >= .zero, conviction <= .one else { return .abstained("conviction \(conviction) is not between 0 and 1") }
        return .given(opinion.action, conviction, reason: opinion.reason)
    }

    /// A guard must have answered and must not object.
    private func veto(in answer: Answer) -> String? {
        switch answer {
        case .missing: "no answer"
        case .abstained(let why): "abstained: \(why)"
        case .given(.buy, _, _): nil
        case .given(_, let conviction, let reason): conviction >= settings.floor ? reason : nil
        }
    }

    /// Why a shortlist does not count; one bad, repeated or unoffered pick rejects it whole.
    private func failure(of picks: [Opinion], _ offered: Set<Symbol>) -> ShortlistFault? {
        for (symbol, opinions) in Dictionary(grouping: picks, by: \.symbol).sorted(by: { $0.key < $1.key }) {
            if !offered.contains(symbol) { return .notOffered(symbol) }
            if case .abstained(let why) = answer(of: PanelSeat(name: picks[0].analyst, role: .voter), opinions) { return .abstained(why: why) }
        }
        return nil
    }

    /// With an analyst that makes the shortlist, what it picked; without one, what at least one voter wants.
    private func isShortlisted(_ opinions: [Opinion], _ panel: [PanelSeat], _ agreeing: [String]) -> Bool {
        guard let seat = panel.first(where: \.makesShortlist) else { return !agreeing.isEmpty }
        guard case .given(.buy, _, _) = answer(of: seat, opinions) else { return false }
        return true
    }
}

/// A place on the panel.
public struct PanelSeat: Hashable, Codable, Sendable {
    public let name: String
    public let role: AnalystRole
    /// True for the analyst whose picks decide what the others are asked about.
    public let makesShortlist: Bool
    public init(name: String, role: AnalystRole, makesShortlist: Bool = false) {
        self.name = name
        self.role = role
        self.makesShortlist = makesShortlist
    }
}
