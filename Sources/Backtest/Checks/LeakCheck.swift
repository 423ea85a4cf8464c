// Two suspicions about a strategy, tried on pieces of its own candles. Look-ahead: does anything before a cut
// change when the candles after it are taken away? Warm-up: do its signals depend on where the candles begin?
public import Market
public import Strategies

public struct LeakFindings: Hashable, Sendable {
    /// Cuts that were tried.
    public var cuts = 0
    /// Rows before a cut whose signal was another with the candles after it.
    public var lookAhead = 0
    /// Rows behind the warm-up that were compared with the whole history's.
    public var compared = 0
    /// Of those, rows with another signal.
    public var unsettled = 0
    /// The farthest such row behind its beginning.
    public var settledAfter = 0
}

public struct LeakCheck: Sendable {
    /// The rows of a history at which a signal holds, ascending, with the answers that its last close knows.
    let signals: @Sendable (CandleHistory, RecordedPanel?) -> [Int]
    let warmUp: Int
    private let panel: RecordedPanel?

    public init(_ strategy: BoundStrategy, panel: RecordedPanel? = nil) {
        let conditions = [strategy.entry] + (strategy.exit.map { [$0] } ?? [])
        let program = SignalProgram(conditions)
        warmUp = strategy.warmUp
        self.panel = panel
        signals = { history, panel in
            var masks = program.masks(over: history), confirmation = panel.map(Confirmation.init)
            if let entries = confirmation?.entries(masks[0], over: history) { masks[0] = entries }
            return masks.enumerated().flatMap { index, mask in
                sequence(first: mask.next(from: 0)) { mask.next(from: $0 + 1) }.prefix { $0 < .max }.map { $0 * 2 + index }
            }.sorted()
        }
    }

    /// For tests of the check itself. Signals of two conditions are told apart by their lowest bit.
    init(warmUp: Int, panel: RecordedPanel? = nil, signals: @escaping @Sendable (CandleHistory, RecordedPanel?) -> [Int]) {
        self.warmUp = warmUp
        self.panel = panel
        self.signals = signals
    }

    /// Looks at no more rows than a fifth of what the run itself looked at.
    public func run(over histories: [CandleHistory], seed: UInt64 = 1) -> LeakFindings {
        var findings = LeakFindings(), state = seed
        let rows = histories.reduce(0) { $0 + $1.count }
        let length = 3 * warmUp + 256
        // Each try reads a piece, the piece cut short, and that begun later.
        for _ in 0..<min(16, rows / 5 / (2 * length + cut - warmUp)) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let history = histories[Int(state >> 33) % histories.count]
            guard history.count > length else { continue }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            look(history, from: Int(state >> 33) % (history.count - length), length, &findings)
        }
        return findings
    }

    private func look(_ history: CandleHistory, from start: Int, _ length: Int, _ findings: inout LeakFindings) {
        let piece = history.slice(start..<(start + length)), begun = piece.prefix(cut)
        let long = known(piece), short = known(begun)
        findings.cuts += 1
        findings.lookAhead += Set(long.filter { $0 / 2 < cut }).symmetricDifference(short).count
        // The same rows, begun later: what differs behind the warm-up still remembers the beginning.
        let late = known(begun.slice(warmUp..<cut)).map { $0 + warmUp * 2 }, first = 2 * warmUp
        findings.compared += cut - first
        let different = Set(short.filter { $0 / 2 >= first }).symmetricDifference(late.filter { $0 / 2 >= first })
        findings.unsettled += different.count
        if let last = different.max() { findings.settledAfter = max(findings.settledAfter, last / 2 - warmUp + 1) }
    }

    /// The signals of a piece, whose answers end where it ends and begin where it begins.
    private func known(_ piece: CandleHistory) -> [Int] { signals(piece, panel?.during(piece)) }

    /// Rows of a piece before its cut.
    private var cut: Int { 3 * warmUp + 192 }
}
