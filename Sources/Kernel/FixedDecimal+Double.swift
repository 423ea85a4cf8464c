// From a statistic back to money: only downwards, so that a size computed in Double never buys more
// than the exact numbers allow.

extension FixedDecimal {
    /// The largest decimal at or below a finite Double from 0 up to 1e14; zero for anything else, because
    /// an amount that is no number is no amount.
    public init(flooring value: Double) {
        guard value > 0, value <= 1e14 else { self = .zero; return }
        let whole = value.rounded(.down)
        var floored = FixedDecimal(raw: Int128(whole) * Self.scale + Int128(((value - whole) * 1e12).rounded(.down)))
        if floored.double > value { floored = floored - .ulp }
        self = floored
    }
}
