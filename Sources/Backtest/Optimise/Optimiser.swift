// Many runs of one strategy. What they share is made once: indicators, the parts of their conditions, and the
// lives of positions; what is left to each is to follow its own signals. Memory is bounded: so many masks at a time.
public import Kernel
public import Market
public import Strategies

public struct Optimiser: Sendable {
    private let strategy: Strategy
    private let fixed: [String: FixedDecimal]
    private let space: ParameterSpace
    private let histories: [CandleHistory]
    private let axis: Axis
    private let ends: [Int]

    private let memory: Int

    /// - Parameters:
    ///   - fixed: values of parameters that are not varied.
    ///   - daily: whether each trial's days are kept for its Sharpe ratio; a caller that does not count trials needs none.
    ///   - memory: bytes that masks, and the blocks of columns they are made from, may fill.
    public init(
        _ strategy: Strategy, _ space: ParameterSpace, fixed: [String: FixedDecimal], over histories: [CandleHistory], daily: Bool = true,
        memory: Int = 256 << 20
    ) {
        self.strategy = strategy
        self.space = space
        self.fixed = fixed
        self.histories = histories
        self.memory = memory
        axis = Axis(histories)
        ends = daily ? axis.dayEnds : []
    }

    /// A trial for each combination that makes a strategy, in their order; the others are left out.
    /// - Parameter counting: trials it knows are not run again, as long as a few of them, run again, come out the same.
    public func run(_ combinations: [[Int]], cores: Int, counting: (any TrialCounting)? = nil) async -> [Trial] {
        var trials: [Trial] = [], rest = combinations[...], believes: Bool?
        while !rest.isEmpty {
            let plan = TrialPlan(strategy, space, fixed, rest, masks: limit, counting)
            rest = rest.dropFirst(plan.taken)
            var outcomes = plan.items.map { counting?.outcome($0.key) }
            let known = plan.items.indices.filter { outcomes[$0] != nil }
            if !known.isEmpty, believes == nil { believes = await agrees(plan, known, outcomes) }
            if believes == false { outcomes = plan.items.map { _ in nil } } else { counting?.resumed(known.count) }
            let missing = plan.items.indices.filter { outcomes[$0] == nil }
            let fresh = await outcomesOf(missing.count == plan.items.count ? plan : part(plan, missing, counting), cores, counting)
            for (index, outcome) in zip(missing, fresh) { outcomes[index] = outcome }
            for (item, outcome) in zip(plan.items, outcomes) {
                if let outcome { trials.append(Trial(combination: item.combination, outcome: outcome)) }
            }
        }
        return trials
    }

    /// Masks that may be there at once. A condition's columns are a few blocks beside its mask.
    private var limit: Int {
        max(1, memory / (histories.reduce(0) { $0 + $1.count / 8 + 8 } + 2 * SignalProgram.block * MemoryLayout<Double>.stride))
    }

    private func part(_ plan: TrialPlan, _ items: [Int], _ counting: (any TrialCounting)? = nil) -> TrialPlan {
        TrialPlan(strategy, space, fixed, items.map { plan.items[$0].combination }[...], counting)
    }

    /// Whether a few trials on record are what this program makes of them.
    private func agrees(_ plan: TrialPlan, _ known: [Int], _ outcomes: [TrialOutcome?]) async -> Bool {
        let some = Set([known.first, known[known.count / 2], known.last]).compactMap { $0 }.sorted()
        return await outcomesOf(part(plan, some), 1, nil) == some.compactMap { outcomes[$0] }
    }

    /// In the order of the plan's items.
    private func outcomesOf(_ plan: TrialPlan, _ cores: Int, _ counting: (any TrialCounting)?) async -> [TrialOutcome] {
        guard !plan.items.isEmpty else { return [] }
        let program = SignalProgram(plan.conditions)
        let runner = TrialRunner(
            plan: plan, masks: histories.map { program.masks(over: $0) }, axis: axis, ends: ends,
            still: StillDays.before(ends.map { axis.midnight($0) }), histories: histories)
        return await withTaskGroup(of: [(Int, TrialOutcome)].self) { group in
            for piece in plan.pieces(cores) { group.addTask { runner.run(piece, counting) } }
            var outcomes = [TrialOutcome?](repeating: nil, count: plan.items.count)
            for await finished in group { for (index, outcome) in finished { outcomes[index] = outcome } }
            return outcomes.compactMap { $0 }
        }
    }
}
