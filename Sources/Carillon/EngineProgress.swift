// How the bot's own engine tells how far it is with a backtest's strategy.

enum EngineProgress {
    /// - Parameters:
    ///   - share: what is done; 1 clears the line.
    ///   - left: seconds.
    static func draw(_ share: Double, _ left: Double) {
        if share < 1 { ProgressLine().draw("engine \(Int(share * 100)) %, \(Int(left)) s left") } else { ProgressLine().clear() }
    }
}
