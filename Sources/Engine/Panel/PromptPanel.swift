// A panel in which models sit, beside indicators if the settings say so. The shortlist is asked once,
// then every other prompt about every shortlisted symbol, all at once: the chain is two calls deep. What
// fails, is late, or is not understood is an abstention with its reason; nothing here throws or places an
// order, and no symbol that was not offered comes out.
//
// Without a shortlist prompt the others are asked about what an indicator voter wants (buy at the floor);
// without an indicator voter, about what is traded most. Never about more than consensus.shortlist instruments,
// the highest conviction first.
public import Analysis
import Kernel
import Market
public import Ports
public import Settings
public import Trading

public struct PromptPanel: Panel {
    enum Chair: Sendable {
        case indicator(IndicatorAnalyst)
        case prompt(PromptChair)
    }

    let chairs: [Chair]
    let prompts: any PromptRendering
    let desk: CallDesk
    let deadline: TimeSpan
    let floor: Ratio
    /// The most symbols decisions are asked about.
    let maximumDecisions: Int

    /// - Parameter models: who answers for a provider, or why nobody does (e.g. no key).
    public init(
        _ settings: CarillonSettings, prompts: any PromptRendering, desk: CallDesk,
        models: (ModelProvider) -> Result<any ModelAsking, CannotAsk>
    ) {
        chairs = settings.panel.analysts.compactMap { analyst in
            switch analyst.kind {
            case .indicator: IndicatorAnalyst(rawValue: analyst.name).map(Chair.indicator)
            case .prompt: .prompt(PromptChair(analyst, prompts, provider: settings.models.provider, models))
            }
        }
        self.prompts = prompts
        self.desk = desk
        deadline = settings.cycle.panelDeadline
        floor = settings.consensus.floor
        maximumDecisions = settings.consensus.shortlist
    }

    public var seats: [PanelSeat] {
        chairs.map { chair in
            switch chair {
            case .indicator(let analyst): PanelSeat(name: analyst.rawValue, role: analyst.role)
            case .prompt(let chair): chair.seat
            }
        }
    }

    /// Each family once, in the panel's order: three prompts on one model are one model.
    public var name: String {
        var families: [String] = []
        for chair in chairs where !families.contains(chair.family) { families.append(chair.family) }
        return families.joined(separator: " + ")
    }

    public func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion] {
        guard !snapshot.views.isEmpty else { return [] }
        let asking = Asking(
            panel: self, snapshot: snapshot, cycle: cycle,
            ends: TimeSpan(milliseconds: desk.clock.monotonic.milliseconds + deadline.milliseconds))
        var given = chairs.map { chair -> [Opinion] in
            switch chair {
            case .indicator(let analyst): snapshot.views.map { analyst.opinion(on: $0.symbol, $0.columns) }
            case .prompt(let chair): asking.foreseen(chair)
            }
        }
        let open = chairs.indices.filter { given[$0].isEmpty }
        let lists = open.filter { chairs[$0].makesShortlist }
        for (index, opinions) in await asking.shortlists(lists) { given[index] = opinions }
        let symbols = shortlisted(given, snapshot)
        for (index, opinion) in await asking.decisions(open.filter { !chairs[$0].makesShortlist }, about: symbols) { given[index].append(opinion) }
        return given.flatMap { $0.sorted { $0.symbol < $1.symbol } }
    }

    /// What the decisions are about, in symbol order.
    private func shortlisted(_ given: [[Opinion]], _ snapshot: MarketSnapshot) -> [Symbol] {
        if let list = chairs.firstIndex(where: \.makesShortlist) { return best(given[list].filter { $0.action == .buy }) }
        guard chairs.contains(where: \.isIndicatorVoter) else {
            let volumes = snapshot.volumes
            let traded = snapshot.offered.sorted { a, b in
                let (va, vb) = (volumes[a] ?? .zero, volumes[b] ?? .zero)
                return va != vb ? va > vb : a < b
            }
            return traded.prefix(maximumDecisions).sorted()
        }
        return best(given.joined().filter { $0.role == .voter && $0.action == .buy && ($0.conviction ?? .zero) >= floor })
    }

    /// The symbols bought with the highest conviction, in symbol order.
    private func best(_ buys: [Opinion]) -> [Symbol] {
        let convictions = Dictionary(buys.map { ($0.symbol, $0.conviction ?? .zero) }, uniquingKeysWith: max)
        return convictions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(maximumDecisions).map(\.key).sorted()
    }
}

extension PromptPanel.Chair {
    var isIndicatorVoter: Bool { if case .indicator(let analyst) = self { analyst.role == .voter } else { false } }
    var makesShortlist: Bool { if case .prompt(let chair) = self { chair.makesShortlist } else { false } }
    var family: String {
        switch self {
        case .indicator: IndicatorAnalyst.family
        case .prompt(let chair): chair.family
        }
    }
}
