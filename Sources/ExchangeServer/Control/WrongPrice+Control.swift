// A wrong price as the control port takes it.
import Kernel
import StrictJSON

extension WrongPrice {
    init(_ body: ControlBody) throws(ControlError) {
        let factor = try body.decimal("factor"), which = try body.text("candles") ?? "all"
        guard ["all", "last"].contains(which) else { throw ControlError("'candles' is all or last") }
        func needed() throws(ControlError) -> FixedDecimal {
            guard let factor, factor.isPositive, factor != .one else { throw ControlError("'factor' must be a decimal above zero, and not one") }
            return factor
        }
        switch try body.text("form") ?? "scale" {
        case "scale": self.init(.scale(try needed()), lastOnly: which == "last")
        case "wick": self.init(.wick(try needed()), lastOnly: which == "last")
        case "stale": self.init(.stale, lastOnly: which == "last")
        default: throw ControlError("'form' is scale, wick or stale")
        }
    }
}
