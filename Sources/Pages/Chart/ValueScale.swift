// The vertical axis: round numbers to read it by, and where a value lies between them.
import Kernel
import Messaging

struct ValueScale {
    struct Tick {
        let value: Double
        let text: String
    }
    private(set) var low: Double
    private(set) var high: Double
    let isLogarithmic: Bool
    private(set) var ticks: [Tick] = []

    /// - Parameters:
    ///   - unit: follows each number.
    ///   - ratio: equal factors take equal room if the values lie further apart than this factor.
    init(_ values: some Sequence<Double>, unit: String = "", ratio: Double = .infinity) {
        var low = Double.infinity, high = -Double.infinity
        for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
        if low > high { (low, high) = (0, 1) }
        if low == high {
            let room = low == 0 ? 1 : low.magnitude * 0.01
            (low, high) = (low - room, high + room)
        }
        isLogarithmic = low > 0 && high / low > ratio
        (self.low, self.high) = (low, high)
        ticks = isLogarithmic ? Self.powers(low, high, unit) : []
        if !isLogarithmic { spread(unit) }
    }

    /// From 0 at the bottom to 1 at the top.
    func share(_ value: Double) -> Double {
        let position = isLogarithmic ? Mathematics.log(value / low) / Mathematics.log(high / low) : (value - low) / (high - low)
        return position.isFinite ? min(1, max(0, position)) : 0
    }

    /// Even steps of 1, 2 or 5 times a power of ten; the axis ends on them.
    private mutating func spread(_ unit: String) {
        var step = 1.0, places = 0
        while step < (high - low) / 5 { step *= 10; places -= 1 }
        while step / 10 >= (high - low) / 5 { step /= 10; places += 1 }
        for part in [0.2, 0.5] where step * part >= (high - low) / 5 {
            step *= part
            places += 1
            break
        }
        let first = (low / step).rounded(.down), last = (high / step).rounded(.up)
        (low, high) = (first * step, last * step)
        ticks = stride(from: first, through: last, by: 1).map { Tick(value: $0 * step, text: Self.text($0 * step, places, unit)) }
    }

    /// Some multiples of the powers of ten that lie within: fewer if the axis reaches further.
    private static func powers(_ low: Double, _ high: Double, _ unit: String) -> [Tick] {
        var power = 1.0, places = 0, ticks: [Tick] = []
        while power > low { power /= 10; places += 1 }
        while power * 10 <= low { power *= 10; places -= 1 }
        let parts = high / low > 1_000 ? [1.0] : high / low > 20 ? [1.0, 2, 5] : [1.0, 2, 3, 5, 7]
        while power <= high {
            for part in parts where (low...high).contains(power * part) {
                ticks.append(Tick(value: power * part, text: text(power * part, places, unit)))
            }
            power *= 10
            places -= 1
        }
        return ticks
    }

    private static func text(_ value: Double, _ places: Int, _ unit: String) -> String {
        guard let decimal = FixedDecimal(shortest: value) else { return "\(value)\(unit)" }
        return Format.decimal(decimal, places: min(12, max(0, places))) + unit
    }
}
