// Why something was not bought, in words. The journal and `--json` keep the checks' names.
import Notices
public import Risk

extension HourlyReport.Refusal.Reason {
    var words: String {
        switch self {
        case .check(let check): check.refusalWords
        case .words(let words): words
        }
    }
}

extension CheckResult {
    /// For people: what was found beside what is allowed.
    public var refusalWords: String {
        switch check {
        case "killSwitch": "trading is \(value)"
        case "circuitBreakers": "trading is paused (\(value))"
        case "openPositions": "\(value) already, the limit is \(limit)"
        case "dailyLossAmount", "dailyLossPercent": "\(value) lost today, the limit is \(limit)"
        case "drawdown": "\(value) below the highest equity, the limit is \(limit)"
        case "heat": "with it \(value) would be at risk, the limit is \(limit)"
        case "concentration": "it would come to \(value), the limits are \(limit)"
        case "cash": "it costs \(value), there are \(limit)"
        case "balance": "\(value) are free"
        case "feasibility": value
        case "stopBelowEntry": "\(value) must be \(limit)"
        default: "\(check): \(value), limit \(limit)"
        }
    }
}
