// The breakers that look at a level rather than an event: the day's loss and the fall from the top. Also
// the start of the trading day, which is what the day's loss is measured from.
import Events
import Kernel
import Market
import Risk
import Settings

struct BreakerWatch {
    let parts: Parts
    let marks: [Symbol: Price]
    let time: Timestamp

    /// The trading day's baseline, once a day, by whichever process comes first.
    func startDay(_ writer: inout EventWriter) {
        let day = parts.limits.tradingDay(of: time)
        guard writer.book.main.baselines.day.map({ $0 < day }) ?? true else { return }
        writer.write(.tradingDayStarted(TradingDayStarted(day: day, equity: writer.book.main.equity(marks: marks))))
    }

    /// Trips what is due and not tripped yet.
    func trip(_ writer: inout EventWriter) {
        let account = AccountView(writer.book, marks: marks, limits: parts.limits, costs: parts.costs, killSwitch: nil, at: time)
        let tripped = Set(account.breakers.map(\.name))
        if !tripped.contains(.dailyLoss), let cause = dailyLoss(account) {
            writer.trip(.dailyLoss, cause, until: parts.limits.tradingDay(of: time) + .days(1))
        }
        if !tripped.contains(.drawdown), account.drawdown >= parts.limits.drawdown {
            writer.trip(.drawdown, .fallen(account.drawdown, limit: parts.limits.drawdown), until: nil)
        }
    }

    private func dailyLoss(_ account: AccountView) -> BreakerCause? {
        let loss = -account.dayResult
        guard loss.isPositive, account.dayEquity.isPositive else { return nil }
        let share = Ratio(loss.divided(by: account.dayEquity, rounding: .up))
        guard loss >= parts.limits.dailyLossAmount || share >= parts.limits.dailyLoss else { return nil }
        return .dayLost(Money(loss, account.quote), share: share, limit: parts.limits.dailyLossAmount, shareLimit: parts.limits.dailyLoss)
    }
}

extension RiskLimits {
    /// The start of the trading day that `time` falls in.
    func tradingDay(of time: Timestamp) -> Timestamp { (time - tradingDayOffset).floored(to: .days(1)) + tradingDayOffset }
}
