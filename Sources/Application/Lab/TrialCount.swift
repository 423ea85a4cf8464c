// How often a strategy was tried, as reports say it.
package import Statistics

package struct TrialCount: Sendable {
    /// Distinct trials of the strategy's name on record; nil if nobody could count.
    package let onRecord: Int?
    /// What a Sharpe ratio is deflated by; nil if nobody could count.
    package let trials: Trials?
    /// Why this run was not counted.
    package let problem: String?

    /// From the Sharpe ratio of each trial on record; nil if it has none. A trial without one was a try too, and
    /// counts; below two ratios there is no scatter to deflate by.
    package init(_ sharpes: [Double?]) {
        let known = sharpes.compactMap { $0 }
        onRecord = sharpes.count
        trials = known.count < 2 ? Trials(count: 1, sharpeVariance: 0) : Trials(count: sharpes.count, sharpeVariance: SampleMoments(known).variance)
        problem = nil
    }

    package init(notCounted problem: String) { (onRecord, trials, self.problem) = (nil, nil, problem) }

    /// The deflated Sharpe ratio of one run among them.
    package func deflated(_ sharpe: ProbabilisticSharpe?) -> Double? {
        guard let trials, trials.count > 1 else { return nil }
        return sharpe?.above(DeflatedSharpe.expectedMaximum(trials)).double
    }
}
