// When a cycle runs, how long its parts may take, and how old what it acts on may be.
public import Kernel

public struct CycleSettings: Hashable, Codable, Sendable {
    public var interval = TimeSpan.minutes(60)
    /// A cycle may start this long after its hour; later it is journaled as missed.
    public var startWindow = TimeSpan.minutes(10)
    /// For all data of one cycle.
    public var fetchDeadline = TimeSpan.seconds(60)
    /// For all answers of the panel, retries included.
    public var panelDeadline = TimeSpan.minutes(3)
    /// An older snapshot is not acted on.
    public var snapshotMaxAge = TimeSpan.minutes(15)
    /// An older answer is not acted on.
    public var answerMaxAge = TimeSpan.minutes(15)
    /// After a larger move since the snapshot, in hourly ATR, nothing is entered.
    public var maxMove: FixedDecimal = "1"
    /// Closed hourly candles an analyst sees.
    public var candles = 200
    /// How often open positions are looked after.
    public var monitorInterval = TimeSpan.seconds(60)
    /// How often the monitor says that it lives.
    public var heartbeat = TimeSpan.seconds(300)

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("cycle")
        list.require("interval", interval, in: .minutes(5) ... .hours(24))
        if interval.milliseconds > 0, 86_400_000 % interval.milliseconds != 0 {
            list.add("interval", "\(interval.plainText) does not divide a day evenly; 60 min does")
        }
        list.require("startWindow", startWindow, in: .seconds(1) ... .hours(12))
        if startWindow >= interval { list.add("startWindow", "\(startWindow.plainText) is not below interval \(interval.plainText)") }
        list.require("fetchDeadline", fetchDeadline, in: .seconds(1) ... .minutes(30))
        list.require("panelDeadline", panelDeadline, in: .seconds(1) ... .minutes(30))
        list.require("snapshotMaxAge", snapshotMaxAge, in: .seconds(1) ... .hours(24))
        list.require("answerMaxAge", answerMaxAge, in: .seconds(1) ... .hours(24))
        list.require("maxMove", maxMove, in: "0.01"..."100")
        // The percentile of a signal and the correlation of two instruments are taken over these candles.
        list.require("candles", candles, in: 50...1_000)
        list.require("monitorInterval", monitorInterval, in: .seconds(1) ... .hours(1))
        list.require("heartbeat", heartbeat, in: .seconds(1) ... .hours(24))
        return list.problems
    }
}
