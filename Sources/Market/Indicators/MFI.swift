// Money flow index: the share of turnover on rising typical prices in all turnover that moved.

/// TA-Lib MFI: 100 × rising flow / (rising + falling flow) over the last n changes, a flow being typical
/// price × volume. From 0 to 100, 0 if nothing flowed; first value at row n. As in TA-Lib, typical
/// prices that differ by rounding alone are equal.
public struct MFI: Sendable {
    private var previous: Double?
    private var rising: SlidingWindow
    private var falling: SlidingWindow

    public init(_ period: Int) {
        rising = SlidingWindow(period)
        falling = SlidingWindow(period)
    }

    /// Takes the next candle; nil while fewer than n changes were seen.
    public mutating func update(high: Double, low: Double, close: Double, volume: Double) -> Double? {
        let typical = CCI.typicalPrice(high: high, low: low, close: close)
        defer { previous = typical }
        guard let previous else { return nil }
        let flow = (typical - previous).magnitude > CCI.rounding * (typical + previous) ? typical * volume : 0
        rising.push(typical > previous ? flow : 0)
        falling.push(typical < previous ? flow : 0)
        guard rising.isFull else { return nil }
        let up = rising.sum, total = up + falling.sum
        return total > 0 ? 100 * up / total : 0
    }
}
