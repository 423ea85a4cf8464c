// A crash that can be played on the made-up market: the whole market falls in three waves within three days and
// takes back a little. It is added to every coin's path, hour by hour, so that coarse and fine candles still agree.
public import Kernel

public struct MarketCrash: Hashable, Sendable {
    /// The full hour in which the first wave begins.
    public let start: Timestamp
    public init(start: Timestamp) { self.start = start.floored(to: .hours(1)) }

    /// What the market's log price has changed by, at hours after the start; straight lines between. The last one stays:
    /// exp(-0.46) is a fall of 37 %.
    private static let path: [(hour: Double, change: Double)] = [
        (0, 0), (4, -0.06), (12, -0.04), (20, -0.22), (30, -0.18), (44, -0.44), (48, -0.52), (72, -0.46)
    ]

    /// The change of a coin's log price at the beginning of an hour (hours since `SyntheticMarket.epoch`).
    /// - Parameter common: how much of the coin's moves is the market's, 0 to 1: a coin that goes its own way falls less.
    func change(atHour hour: Int, common: Double) -> Double {
        let passed = Double(hour) - Double((start - SyntheticMarket.epoch).milliseconds / 3_600_000)
        guard passed > 0 else { return 0 }
        guard let next = Self.path.firstIndex(where: { $0.hour >= passed }) else { return common * (Self.path.last?.change ?? 0) }
        let (from, to) = (Self.path[next - 1], Self.path[next])
        return common * (from.change + (to.change - from.change) * (passed - from.hour) / (to.hour - from.hour))
    }
}
