// How often a strategy was tried, as reports say it.
import Domain

struct TrialCount {
    /// Distinct trials of the strategy's name on record; nil where nobody could count.
    let onRecord: Int?
    /// What a Sharpe ratio is deflated by; nil where nobody could count.
    let trials: Trials?
    /// Why this run was not counted.
    let problem: String?

    /// From the Sharpe ratio of each trial on record; nil where it has none. A trial without one was a try too, and
    /// counts; below two ratios there is no scatter to deflate by.
    init(_ sharpes: [Double?]) {
        let known = sharpes.compactMap { $0 }
        onRecord = sharpes.count
        trials = known.count < 2 ? Trials(count: 1, sharpeVariance: 0) : Trials(count: sharpes.count, sharpeVariance: SampleMoments(known).variance)
        problem = nil
    }

    init(notCounted problem: String) { (onRecord, trials, self.problem) = (nil, nil, problem) }

    /// Of one run among them.
    func deflated(_ sharpe: ProbabilisticSharpe?) -> Double? {
        guard let trials, trials.count > 1 else { return nil }
        return sharpe?.above(DeflatedSharpe.expectedMaximum(trials)).double
    }

    /// A line of a report, without its title.
    var words: String {
        guard let onRecord else { return "not counted, so nothing can be deflated: \(problem ?? "")" }
        return "\(onRecord) of this strategy on record" + ((trials?.count ?? 0) > 1 ? "" : ": too few to deflate a Sharpe ratio by")
    }

    var json: JSONOutput {
        .fields([("on_record", onRecord.map { .number("\($0)") } ?? .text(nil)), ("not_counted", .text(problem)),
                 ("expected_max_sr_per_period", trials.flatMap { $0.count > 1 ? .number("\(DeflatedSharpe.expectedMaximum($0))") : nil } ?? .text(nil))])
    }
}
