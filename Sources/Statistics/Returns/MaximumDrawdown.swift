// The deepest fall below a peak, and how long one waits under water.

public enum MaximumDrawdown {
    /// The lowest point of the underwater curve, 0 if nothing ever fell.
    public static func depth(_ curve: EquityCurve) -> Statistic {
        guard !curve.underwater.isEmpty else { return .absent(.noReturns) }
        guard curve.final.isFinite else { return .absent(.beyondMeasure) }
        return .value(curve.underwater.reduce(0, min))
    }

    /// Periods under water of the fall that went deepest (the first of equals): from below its peak until that is
    /// reached again, or to the end.
    public static func length(_ curve: EquityCurve) -> Statistic {
        periods(curve) { $0.min { $0.depth < $1.depth } }
    }

    /// The most periods in a row under water, however deep.
    public static func longest(_ curve: EquityCurve) -> Statistic {
        periods(curve) { $0.max { $0.periods < $1.periods } }
    }

    /// A run of periods below the peak before it.
    private typealias Spell = (depth: Double, periods: Int)

    private static func periods(_ curve: EquityCurve, of chosen: ([Spell]) -> Spell?) -> Statistic {
        if let why = depth(curve).absence { return .absent(why) }
        return chosen(spells(curve.underwater)).map { .value(Double($0.periods)) } ?? .absent(.noDrawdown)
    }

    private static func spells(_ underwater: [Double]) -> [Spell] {
        var spells: [Spell] = [], current: Spell = (0, 0)
        for level in underwater + [0] {
            if level < 0 {
                current = (min(current.depth, level), current.periods + 1)
            } else if current.periods > 0 {
                spells.append(current)
                current = (0, 0)
            }
        }
        return spells
    }
}
