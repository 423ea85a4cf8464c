// What a trade loses when its stop is hit, both fees and both slippages included: the risk that risk per
// trade and heat are counted in. Exact, and rounded against the trader.
public import Kernel

public enum LossAtStop {
    /// The loss as a share of the notional at entry: 1 - (stop / entry) (1 - s) (1 - f)² / (1 + s), rounded
    /// up. `entry` is the price before slippage; rates are shares (0.001) from 0 up to, not including, 1.
    /// nil unless the stop lies below the entry and the rates are such shares.
    public static func share(entry: Price, stop: Price, fee: Ratio, slippage: Ratio) -> FixedDecimal? {
        guard stop < entry, !fee.value.isNegative, fee < .one, !slippage.value.isNegative, slippage < .one else { return nil }
        let one = FixedDecimal.one
        guard
            let kept = (one - slippage.value).times(one - fee.value, rounding: .down)
                .times(one - fee.value, rounding: .down).checkedDivided(by: one + slippage.value, rounding: .down),
            let level = stop.value.checkedDivided(by: entry.value, rounding: .down)
        else { return nil }
        return one - level.times(kept, rounding: .down)
    }
}
