// The value below which a share of a sample lies.

public enum Quantile {
    /// The quantile of ascending values at `share` (0 to 1), linear between neighbours: position
    /// (n - 1) × share (Hyndman and Fan 1996, definition 7; numpy's default). nil without values.
    public static func linear(_ ascending: [Double], _ share: Double) -> Double? {
        guard !ascending.isEmpty else { return nil }
        let position = Double(ascending.count - 1) * min(1, max(0, share))
        let below = Int(position), part = position - Double(below)
        guard part > 0 else { return ascending[below] }
        return ascending[below] + (ascending[below + 1] - ascending[below]) * part
    }
}
