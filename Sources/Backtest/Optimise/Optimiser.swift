// Many runs of one strategy. What they share is made once: indicators, the parts of their conditions, and the
// lives of positions; what is left to each is to follow its own signals.
import Domain

public struct Trial: Sendable {
    /// One index for each parameter of the space.
    public let combination: [Int]
    public let finalEquity: FixedDecimal
    public let trades: Int
}

public struct Optimiser: Sendable {
    private let strategy: Strategy
    private let fixed: [String: FixedDecimal]
    private let space: ParameterSpace
    private let histories: [CandleHistory]

    /// - Parameter fixed: values of parameters that are not varied.
    public init(_ strategy: Strategy, _ space: ParameterSpace, fixed: [String: FixedDecimal], over histories: [CandleHistory]) {
        self.strategy = strategy
        self.space = space
        self.fixed = fixed
        self.histories = histories
    }

    /// A trial for each combination that makes a strategy, in their order; the others are left out.
    public func run(_ combinations: [[Int]], cores: Int) async -> [Trial] {
        let plan = TrialPlan(strategy, space, fixed, combinations)
        let program = SignalProgram(plan.conditions)
        let masks = histories.map { program.masks(over: $0) }
        let axis = histories.count == 1 ? nil : Axis(histories)
        let pieces = plan.pieces(cores)
        return await withTaskGroup(of: (Int, [Trial]).self) { group in
            for (index, piece) in pieces.enumerated() {
                group.addTask { (index, TrialRunner(plan: plan, masks: masks, axis: axis, histories: histories).run(piece)) }
            }
            var results = [[Trial]](repeating: [], count: pieces.count)
            for await (index, trials) in group { results[index] = trials }
            return Array(results.joined())
        }
    }
}
