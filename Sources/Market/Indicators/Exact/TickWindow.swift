// The last few prices in ticks, with their sum and the sum of their squares kept exactly: mean and scatter are those of
// the window alone, whatever came before it, and are rounded once. A bot that reads fifty candles and a backtest that
// reads a million get the same bits, and a price equal to the mean is equal to it.

struct TickWindow: Sendable {
    private var window: SlidingWindow
    private let scatters: Bool
    private var power = 1.0
    private var sum: Int64 = 0
    private var squares: Int128 = 0
    private var byCount: ExactQuotient
    private var bySquare: ExactQuotient
    /// Whether a unit gives every price of the window exactly; else Doubles are added up, from the oldest one on.
    private var isExact = true
    /// Rows until the newest number that is no decimal at all has left.
    private var hopeless = 0

    /// - Parameter scatters: whether the variance is asked for, too.
    init(_ capacity: Int, scatters: Bool = false) {
        window = SlidingWindow(capacity)
        self.scatters = scatters
        byCount = ExactQuotient(factor: capacity, places: 0)
        bySquare = ExactQuotient(factor: capacity * capacity, places: 0)
    }

    var isFull: Bool { window.isFull }

    @inline(__always)
    mutating func push(_ x: Double) {
        let dropped = window.push(x)
        guard isExact, let new = Ticks.exact(x, power) else { return fit() }
        let old = dropped.map { Ticks.nearest($0 * power) } ?? 0
        sum &+= new &- old
        if scatters { squares &+= Self.square(new) &- Self.square(old) }
    }

    /// Of a full window.
    var mean: Double {
        @inline(__always) get { isExact ? byCount.of(UInt128(UInt64(bitPattern: sum))) : window.centredMean }
    }

    /// The mean squared distance from the mean (divisor n), of a full window. Exactly 0 if prices are equal.
    var variance: Double {
        @inline(__always) get {
            guard isExact else { return window.squaredDeviations(from: window.centredMean) / Double(window.capacity) }
            // n² times the variance, in ticks, is whole.
            let whole = Int128(window.capacity) &* squares &- Self.square(sum)
            return bySquare.of(UInt128(truncatingIfNeeded: whole))
        }
    }

    @inline(__always)
    private static func square(_ x: Int64) -> Int128 { Int128(x) &* Int128(x) }

    /// Looks for the unit of the window as it is now.
    private mutating func fit() {
        hopeless -= 1
        if let newest = window.newest, Ticks.places(of: CollectionOfOne(newest)) == nil { hopeless = window.capacity }
        let places = hopeless > 0 ? nil : Ticks.places(of: window.values)
        isExact = places != nil
        guard let places else { return }
        power = Ticks.power(places)
        byCount = ExactQuotient(factor: window.capacity, places: places)
        bySquare = ExactQuotient(factor: window.capacity * window.capacity, places: 2 * places)
        (sum, squares) = (0, 0)
        for x in window.values {
            let ticks = Ticks.nearest(x * power)
            sum &+= ticks
            squares &+= Self.square(ticks)
        }
    }
}
