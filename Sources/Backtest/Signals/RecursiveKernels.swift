// The indicators that most strategies use, as loops of their recursion alone. Each step waits for the one
// before it, so two averages that are taken through the rows together cost what one costs.
import Domain

/// The state of one EMA, seeded as `EMA` is.
struct EMAState {
    let period: Int
    let weight: Double
    private(set) var seen = 0
    var value = 0.0

    init(_ period: Int) {
        self.period = period
        weight = 2 / Double(period + 1)
    }

    /// Takes rows until there is a value; returns how many.
    mutating func seed(_ close: UnsafePointer<Double>, _ count: Int, into column: UnsafeMutablePointer<Double>) -> Int {
        var row = 0
        while row < count, seen < period {
            value += close[row]
            seen += 1
            if seen == period { value /= Double(period) }
            column[row] = seen == period ? value : .nan
            row += 1
        }
        return row
    }
}

/// Two EMAs of the close side by side.
struct EMAPair {
    private var first: EMAState, second: EMAState

    init(_ first: Int, _ second: Int) {
        self.first = EMAState(first)
        self.second = EMAState(second)
    }

    mutating func fill(_ close: UnsafePointer<Double>, _ count: Int, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>) {
        let startA = first.seed(close, count, into: a), startB = second.seed(close, count, into: b)
        var x = first.value, y = second.value
        let k = first.weight, m = second.weight
        // Where one was seeded before the other it runs ahead alone.
        let together = max(startA, startB)
        for row in startA..<together { x += (close[row] - x) * k; a[row] = x }
        for row in startB..<together { y += (close[row] - y) * m; b[row] = y }
        for row in together..<count {
            let price = close[row]
            x += (price - x) * k
            y += (price - y) * m
            a[row] = x
            b[row] = y
        }
        first.value = x
        second.value = y
    }
}

/// RSI of the close, seeded as `RSI` is. Smoothed by two multiplications, as the catalogue's columns are: a division
/// a row would be the longest step of the loop. The last bits differ from the incremental indicator's, by far less than
/// the tolerance it is compared with.
struct RSIState {
    private let period: Int
    private var seen = 0
    private var previous = 0.0
    private var gain = 0.0, loss = 0.0

    init(_ period: Int) { self.period = period }

    mutating func fill(_ close: UnsafePointer<Double>, _ count: Int, into column: UnsafeMutablePointer<Double>) {
        var row = 0
        while row < count, seen <= period {
            seed(close[row])
            column[row] = seen > period ? Self.share(gain, loss, close[row]) : .nan
            row += 1
        }
        let keep = Double(period - 1) / Double(period), share = 1 / Double(period)
        var g = gain, l = loss, before = previous
        while row < count {
            let price = close[row], change = price - before
            g = g * keep + max(change, 0) * share
            l = l * keep + max(-change, 0) * share
            column[row] = Self.share(g, l, price)
            before = price
            row += 1
        }
        (gain, loss, previous) = (g, l, before)
    }

    private mutating func seed(_ price: Double) {
        if seen > 0 {
            gain += max(price - previous, 0)
            loss += max(previous - price, 0)
        }
        previous = price
        seen += 1
        if seen > period {
            gain /= Double(period)
            loss /= Double(period)
        }
    }

    @inline(__always)
    private static func share(_ gain: Double, _ loss: Double, _ price: Double) -> Double {
        let movement = gain + loss
        return movement > Stillness.share * price ? 100 * gain / movement : 50
    }
}
