// The last few numbers: what every indicator with a fixed look-back remembers. A figure made of them depends on them and
// their order alone, not on where the history began: everything is summed from the oldest one on.

/// A ring of the last `capacity` numbers.
struct SlidingWindow: Sendable {
    let capacity: Int
    private var ring: [Double] = []
    private var oldest = 0

    init(_ capacity: Int) {
        precondition(capacity > 0, "a look-back covers at least one value")
        self.capacity = capacity
        ring.reserveCapacity(capacity)
    }

    var isFull: Bool { ring.count == capacity }
    /// In no order that means anything.
    var values: [Double] { ring }
    var newest: Double? { ring.isEmpty ? nil : ring[oldest == 0 ? ring.count - 1 : oldest - 1] }

    /// Takes the newest number and gives back the one that fell out; nil while it fills.
    @discardableResult
    @inline(__always)
    mutating func push(_ x: Double) -> Double? {
        guard isFull else { ring.append(x); return nil }
        let dropped = ring[oldest]
        ring[oldest] = x
        oldest = oldest + 1 == capacity ? 0 : oldest + 1
        return dropped
    }

    /// The mean, summed afresh so that nothing drifts however long the series.
    var mean: Double { sum / Double(ring.count) }

    var sum: Double { total { $0 } }

    /// The mean, summed as distances from a member: numbers that are all the same have exactly that mean.
    var centredMean: Double {
        guard !ring.isEmpty else { return 0 }
        let centre = ring[oldest]
        return centre + total { $0 - centre } / Double(ring.count)
    }

    /// The sum of squared distances from the mean.
    func squaredDeviations(from mean: Double) -> Double { total { ($0 - mean) * ($0 - mean) } }

    /// The sum of distances from the mean, each without its sign.
    func absoluteDeviations(from mean: Double) -> Double { total { ($0 - mean).magnitude } }

    /// From the oldest to the newest.
    @inline(__always)
    private func total(_ term: (Double) -> Double) -> Double {
        var sum = 0.0
        for place in oldest..<ring.count { sum += term(ring[place]) }
        for place in 0..<oldest { sum += term(ring[place]) }
        return sum
    }

    var maximum: Double {
        var found = -Double.infinity
        for x in ring where x > found { found = x }
        return found
    }

    var minimum: Double {
        var found = Double.infinity
        for x in ring where x < found { found = x }
        return found
    }
}
