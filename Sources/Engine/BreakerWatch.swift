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
        guard writer.book.baselines.day.map({ $0 < day }) ?? true else { return }
        writer.write(.tradingDayStarted(TradingDayStarted(day: day, equity: writer.book.equity(marks: marks))))
    }

    /// Trips what is due and not tripped yet.
    func trip(_ writer: inout EventWriter) {
        let account = AccountView(writer.book, marks: marks, limits: parts.limits, costs: parts.costs, killSwitch: nil, at: time)
        let tripped = Set(account.breakers.map(\.name))
        if !tripped.contains(.dailyLoss), let why = dailyLoss(account) {
            writer.trip(.dailyLoss, why, until: parts.limits.tradingDay(of: time) + .days(1))
        }
        if !tripped.contains(.drawdown), account.drawdown >= parts.limits.drawdown {
            let why = "\(account.drawdown.percent(2)) % below the highest equity, limit \(parts.limits.drawdown.percent(0)) %"
            writer.trip(.drawdown, why, until: nil)
        }
    }

    private func dailyLoss(_ account: AccountView) -> String? {
        let loss = -account.dayResult
        guard loss.isPositive, account.dayEquity.isPositive else { return nil }
        let share = Ratio(loss.divided(by: account.dayEquity, rounding: .up))
        guard loss >= parts.limits.dailyLossAmount || share >= parts.limits.dailyLoss else { return nil }
        return "\(loss.text(places: 2)) \(account.quote) = \(share.percent(2)) % lost today, "
            + "limits \(parts.limits.dailyLossAmount.text(places: 2)) and \(parts.limits.dailyLoss.percent(0)) %"
    }
}

extension RiskLimits {
    /// The start of the trading day that `time` falls in.
    func tradingDay(of time: Timestamp) -> Timestamp { (time - tradingDayOffset).floored(to: .days(1)) + tradingDayOffset }
}
