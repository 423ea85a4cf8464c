// What fetching history came to, month by month and together.
import Application
package import CandleStore
import Kernel
package import Market

package enum BackfillScreen {
    package static func words(_ step: Backfill.Step, _ timeframe: Timeframe) -> String {
        switch step {
        case .committed(let job, let candles, let missing):
            "\(job.symbol) \(timeframe.rawValue) \(job.month): \(CandleWords.count(candles, "candle"))"
                + (missing > 0 ? ", \(CandleWords.grouped(missing)) missing at the exchange" : "")
        case .alreadyThere(let job): "\(job.symbol) \(timeframe.rawValue) \(job.month): complete"
        case .empty(let job): "\(job.symbol) \(timeframe.rawValue) \(job.month): no candles at the exchange"
        case .failed(let failure): "\(failure.job.symbol) \(timeframe.rawValue) \(failure.job.month): \(failure.reason)"
        }
    }

    package static func words(_ result: Backfill.Result) -> String {
        var parts = ["\(CandleWords.count(result.candles, "candle")) in \(CandleWords.count(result.committed, "month"))"]
        if result.missing > 0 { parts.append("\(CandleWords.grouped(result.missing)) missing at the exchange") }
        if result.alreadyThere > 0 { parts.append("\(CandleWords.count(result.alreadyThere, "month")) complete before") }
        if result.empty > 0 { parts.append("\(CandleWords.count(result.empty, "month")) without candles") }
        if !result.failures.isEmpty { parts.append("\(CandleWords.count(result.failures.count, "month")) failed") }
        if result.notAsked > 0 { parts.append("\(CandleWords.count(result.notAsked, "month")) not asked for") }
        return parts.joined(separator: " · ")
    }

    package static func json(_ result: Backfill.Result) -> String {
        JSONValue.console([
            ("committed", CandleWords.number(result.committed)), ("candles", CandleWords.number(result.candles)),
            ("missing", CandleWords.number(result.missing)), ("alreadyThere", CandleWords.number(result.alreadyThere)),
            ("empty", CandleWords.number(result.empty)), ("notAsked", CandleWords.number(result.notAsked)),
            (
                "failures",
                .list(
                    result.failures.map {
                        .fields([("symbol", .text($0.job.symbol.description)), ("month", .text("\($0.job.month)")), ("reason", .text($0.reason))])
                    })
            )
        ])
    }
}
