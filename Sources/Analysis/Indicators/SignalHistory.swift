// A signal beside its own last 200 values: a reading is strong if it is strong for this instrument,
// not on a scale shared by a stable coin's neighbour and a meme coin.
import Kernel

/// The values of one signal, oldest first.
struct SignalHistory: Sendable {
    static let window = 200
    /// Fewer values than this make no percentile.
    static let minimum = 100

    private var values: [Double] = []

    init(capacity: Int) { values.reserveCapacity(capacity) }

    /// Takes the signal's next value; one that is not a number never enters.
    mutating func append(_ value: Double) { if value.isFinite { values.append(value) } }

    /// The newest value and its standing; nil while the history is too short.
    var standing: SignalStanding? {
        let recent = values.suffix(Self.window)
        guard recent.count >= Self.minimum, let now = recent.last else { return nil }
        var below = 0, equal = 0
        for value in recent {
            if value < now { below += 1 } else if value == now { equal += 1 }
        }
        // Ties count half, so a signal that never changes stands in the middle and its mirror image
        // stands exactly opposite.
        let share = FixedDecimal(2 * below + equal).divided(by: FixedDecimal(2 * recent.count), rounding: .nearest)
        return SignalStanding(value: now, percentile: Ratio(share.rounded(places: 4, .nearest)))
    }
}

/// A signal's newest value and the share of its own last 200 values that lie below it.
struct SignalStanding: Sendable {
    let value: Double
    let percentile: Ratio

    /// Buy only if the signal is positive and in its upper half, sell only if it is negative and in
    /// its lower half; if sign and standing disagree, hold. A sell's conviction counts from below.
    func judged(permitted: Bool = true) -> (action: Action, conviction: Ratio) {
        let half: Ratio = "0.5"
        if permitted, value > 0, percentile > half { return (.buy, percentile) }
        if permitted, value < 0, percentile < half { return (.sell, Ratio(.one - percentile.value)) }
        return (.hold, percentile)
    }

    /// `83rd percentile`.
    var ordinal: String {
        let hundredths = percentile.value.times(FixedDecimal(100), rounding: .down).rounded(toMultipleOf: .one, .down)
        let number = Int(hundredths.raw / FixedDecimal.scale)
        let ending = (11...13).contains(number) ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
        return "\(number)\(ending) percentile"
    }
}

extension Double {
    /// Fixed-point text for people; "n/a" for what is no number.
    func text(_ places: Int) -> String { FixedDecimal(shortest: self)?.text(places: places) ?? "n/a" }
}
