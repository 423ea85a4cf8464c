// The recursion under EMA, MACD and ATR taken two rows a step: each value waits for the one before it, and
// that wait is what a loop over a column costs. This way it waits half as often.

/// previous + (x - previous) × weight. Over two rows that is previous + (x1 × w(1-w) + x2 × w - previous × (w(1-w) + w)):
/// still a difference from the value before, so that no rounded factor adds up over the rows.
struct PairedAverage {
    private let weight: Double
    private let weightBefore: Double
    private let weightOfBoth: Double
    private(set) var value: Double

    init(_ value: Double, weight: Double) {
        self.value = value
        self.weight = weight
        weightBefore = weight * (1 - weight)
        weightOfBoth = weightBefore + weight
    }

    /// The value that a row leads to; the state stays.
    @inline(__always)
    func next(_ x: Double) -> Double { value + (x - value) * weight }

    /// Takes two rows and gives the value between them.
    @inline(__always)
    mutating func take(_ first: Double, _ second: Double) -> Double {
        let between = next(first)
        value += (first * weightBefore + second * weight) - value * weightOfBoth
        return between
    }
}
