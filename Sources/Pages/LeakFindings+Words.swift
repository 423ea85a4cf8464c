// What the checks for look-ahead and warm-up came to, in one line.
public import Backtest

extension LeakFindings {
    public var words: String {
        guard cuts > 0 else { return "too few candles to look for look-ahead and warm-up" }
        let warm =
            unsettled == 0
            ? "signals do not depend on where the candles begin"
            : "\(unsettled) of \(compared) signals depended on where the candles begin, up to \(settledAfter) candles on"
        return (lookAhead == 0 ? "no look-ahead at \(cuts) cuts" : "LOOK-AHEAD: \(lookAhead) signals changed at \(cuts) cuts") + "; " + warm
    }

    /// Shown if nobody looked.
    public static let skippedWords = "look-ahead and warm-up not looked at (--fast)"
}
