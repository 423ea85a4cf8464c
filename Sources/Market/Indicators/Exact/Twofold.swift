// A number as the sum of two Doubles, about 106 bits: sums of quotients that come out even in fractions come out even
// here, too (T. J. Dekker 1971; Ogita, Rump, Oishi 2005).

struct Twofold: Sendable {
    /// The Double nearest to the number.
    let value: Double
    /// What it lacks.
    let rest: Double

    /// a / b of two whole numbers below 2^53, b not 0.
    init(_ a: Double, over b: Double) {
        let quotient = a / b
        self.init(quotient, a.addingProduct(-quotient, b) / b)
    }

    /// high + low, of which low is much the smaller.
    init(_ high: Double, _ low: Double) {
        value = high + low
        rest = low - (value - high)
    }

    static func + (a: Twofold, b: Twofold) -> Twofold {
        let sum = a.value + b.value, part = sum - a.value
        let lost = (a.value - (sum - part)) + (b.value - part)
        return Twofold(sum, lost + (a.rest + b.rest))
    }

    /// The number over a whole one.
    func divided(by count: Double) -> Twofold {
        let quotient = value / count
        return Twofold(quotient, (value.addingProduct(-quotient, count) + rest) / count)
    }
}

/// The mean of the last n, added up from the oldest one on.
struct TwofoldMean: Sendable {
    private let capacity: Int
    private var ring: [Twofold] = []
    private var oldest = 0

    init(_ capacity: Int) {
        precondition(capacity > 0, "a look-back covers at least one value")
        self.capacity = capacity
    }

    /// Takes the next number; nil while fewer than n were seen.
    mutating func update(_ x: Twofold) -> Twofold? {
        if ring.count < capacity {
            ring.append(x)
        } else {
            ring[oldest] = x
            oldest = oldest + 1 == capacity ? 0 : oldest + 1
        }
        guard ring.count == capacity else { return nil }
        var sum = Twofold(0, 0)
        for place in oldest..<capacity { sum = sum + ring[place] }
        for place in 0..<oldest { sum = sum + ring[place] }
        return sum.divided(by: Double(capacity))
    }
}
