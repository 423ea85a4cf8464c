// The last few numbers, oldest first: what every indicator with a fixed look-back remembers.

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

    /// Takes the newest number and gives back the one that fell out; nil while it fills.
    @discardableResult
    mutating func push(_ x: Double) -> Double? {
        guard isFull else { ring.append(x); return nil }
        let dropped = ring[oldest]
        ring[oldest] = x
        oldest = oldest + 1 == capacity ? 0 : oldest + 1
        return dropped
    }

    /// The mean, summed afresh so that nothing drifts however long the series.
    var mean: Double { sum / Double(ring.count) }

    var sum: Double {
        var sum = 0.0
        for x in ring { sum += x }
        return sum
    }

    /// The mean, summed as distances from a member: numbers that are all the same have exactly that mean.
    var centredMean: Double {
        guard let centre = ring.first else { return 0 }
        var sum = 0.0
        for x in ring { sum += x - centre }
        return centre + sum / Double(ring.count)
    }

    /// The sum of squared distances from the mean.
    func squaredDeviations(from mean: Double) -> Double {
        var sum = 0.0
        for x in ring { sum += (x - mean) * (x - mean) }
        return sum
    }

    /// The sum of distances from the mean, each without its sign.
    func absoluteDeviations(from mean: Double) -> Double {
        var sum = 0.0
        for x in ring { sum += (x - mean).magnitude }
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
