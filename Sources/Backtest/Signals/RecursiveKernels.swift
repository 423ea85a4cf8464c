// The indicators that most strategies use, as loops of their recursion alone. Each step waits for the one
// before it, so two averages that are taken through the rows together cost what one costs.
import Market

/// The state of one EMA, seeded as `EMA` is.
struct EMAState {
    let period: Int
    let weight: Double
    private(set) var seen = 0
    var value = 0.0
    var isSeeded: Bool { seen == period }

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
        // If one was seeded before the other, it runs ahead alone.
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

    /// The same together with an RSI: three recursions that do not wait for each other cost what the longest costs alone.
    mutating func fill(
        _ close: UnsafePointer<Double>, _ count: Int, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>,
        with rsi: inout RSIState, _ c: UnsafeMutablePointer<Double>
    ) {
        guard first.isSeeded, second.isSeeded, rsi.isSeeded else {
            fill(close, count, a, b)
            rsi.fill(close, count, into: c)
            return
        }
        var x = first.value, y = second.value, strength = rsi.wilder
        let k = first.weight, m = second.weight
        for row in 0..<count {
            let price = close[row]
            x += (price - x) * k
            y += (price - y) * m
            a[row] = x
            b[row] = y
            c[row] = strength.next(price)
        }
        first.value = x
        second.value = y
        rsi.wilder = strength
    }
}

/// RSI of the close, seeded as `RSI` is. Smoothed by two multiplications, as the catalogue's columns are: a division
/// a row would be the longest step of the loop. The last bits differ from the incremental indicator's, by far less than
/// the tolerance it is compared with.
struct RSIState {
    /// What goes from row to row.
    struct Wilder {
        let keep: Double, share: Double
        var previous = 0.0
        var gain = 0.0, loss = 0.0

        @inline(__always)
        mutating func next(_ price: Double) -> Double {
            let change = price - previous
            gain = gain * keep + max(change, 0) * share
            loss = loss * keep + max(-change, 0) * share
            previous = price
            return strength(at: price)
        }

        @inline(__always)
        func strength(at price: Double) -> Double {
            let movement = gain + loss
            return movement > Stillness.share * price ? 100 * gain / movement : 50
        }
    }

    private let period: Int
    private var seen = 0
    var wilder: Wilder

    init(_ period: Int) {
        self.period = period
        wilder = Wilder(keep: Double(period - 1) / Double(period), share: 1 / Double(period))
    }

    var isSeeded: Bool { seen > period }

    mutating func fill(_ close: UnsafePointer<Double>, _ count: Int, into column: UnsafeMutablePointer<Double>) {
        var row = 0
        while row < count, !isSeeded {
            seed(close[row])
            column[row] = isSeeded ? wilder.strength(at: close[row]) : .nan
            row += 1
        }
        var strength = wilder
        while row < count {
            column[row] = strength.next(close[row])
            row += 1
        }
        wilder = strength
    }

    private mutating func seed(_ price: Double) {
        if seen > 0 {
            wilder.gain += max(price - wilder.previous, 0)
            wilder.loss += max(wilder.previous - price, 0)
        }
        wilder.previous = price
        seen += 1
        if isSeeded {
            wilder.gain /= Double(period)
            wilder.loss /= Double(period)
        }
    }
}
