// Numbers as a model reads them: plain decimals, rounded to the digits that carry meaning.
import Kernel

extension JSONValue {
    /// A Double with so many decimals; null if it is not finite.
    static func number(_ value: Double?, places: Int) -> JSONValue {
        guard let value, value.isFinite, abs(value) < 1e15 else { return .null }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let rounded = (value * scale).rounded(.toNearestOrEven) / scale
        return .number(rounded == 0 ? "0" : rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)")
    }
}
