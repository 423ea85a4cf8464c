// How often a strategy was tried, as reports say it.
import Application
package import Kernel
import Statistics

extension TrialCount {
    /// A line of a report, without its title.
    package var words: String {
        guard let onRecord else { return "not counted, so nothing can be deflated: \(problem ?? "")" }
        return "\(onRecord) of this strategy on record" + ((trials?.count ?? 0) > 1 ? "" : ": too few to deflate a Sharpe ratio by")
    }

    package var json: JSONValue {
        .fields([
            ("on_record", onRecord.map { .number("\($0)") } ?? .text(nil)), ("not_counted", .text(problem)),
            ("expected_max_sr_per_period", trials.flatMap { $0.count > 1 ? .number("\(DeflatedSharpe.expectedMaximum($0))") : nil } ?? .text(nil))
        ])
    }
}
