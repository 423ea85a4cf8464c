// All sources side by side inside one deadline, each tried a few times, each ending in a report.
// Promise: a lost optional source costs its own contribution and its name in the report, no more.
public import Kernel
import Market
public import Ports

public struct SourceFetcher: Fetching {
    public var deadline: TimeSpan
    /// Five tries, exponential waits with jitter.
    public var policy = RetryPolicy()
    private let clock: any Clock
    private let seed: UInt64

    /// - Parameter seed: the jitter's; each source has its own stream from it and its name.
    public init(clock: any Clock, seed: UInt64, deadline: TimeSpan = .seconds(60)) {
        self.clock = clock
        self.seed = seed
        self.deadline = deadline
    }

    private enum Ending<Value: Sendable>: Sendable { case source(Int, Fetched<Value>), deadline }

    public var mayAskAgain: Bool { policy.maximumTries > 1 }

    /// When `span` is over, what is still running is cancelled and reported lost, as is what was not begun.
    public func fetchAll<Value: Sendable>(_ sources: [Source<Value>], atOnce width: Int, within span: TimeSpan) async -> [Fetched<Value>] {
        guard !sources.isEmpty else { return [] }
        let end = TimeSpan(milliseconds: clock.monotonic.milliseconds + span.milliseconds)
        let results = await withTaskGroup(of: Ending<Value>.self) { group in
            group.addTask {
                try? await clock.sleep(for: span)
                return .deadline
            }
            var begun = 0
            func begin() {
                guard begun < sources.count else { return }
                let (index, source) = (begun, sources[begun])
                group.addTask { .source(index, await fetch(source, before: end)) }
                begun += 1
            }
            while begun < min(max(1, width), sources.count) { begin() }
            var results: [(Int, Fetched<Value>)] = []
            for await ending in group {
                if case .source(let index, let fetched) = ending { results.append((index, fetched)) } else { group.cancelAll() }
                if results.count == sources.count { group.cancelAll() }
                begin()
            }
            return results
        }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func fetch<Value: Sendable>(_ source: Source<Value>, before end: TimeSpan) async -> Fetched<Value> {
        func ended(_ status: SourceReport.Status, _ detail: String, tries: Int) -> Fetched<Value> {
            Fetched(
                report: SourceReport(
                    name: source.name, isRequired: source.isRequired, status: status,
                    detail: SafeText.short(detail), tries: tries), value: nil)
        }
        if let why = source.skipped { return ended(.skipped, why, tries: 0) }
        if Task.isCancelled { return ended(.lost, "the deadline passed before it was asked", tries: 0) }
        let outcome = await Attempts(clock: clock, policy: policy, seed: seed).run(source.name, before: end, source.fetch)
        switch outcome.result {
        case .success(let reading): return judged(reading, source, tries: outcome.tries)
        case .failure(let error):
            let why = "\(error.kind.rawValue): \(error.detail)"
            return ended(error.kind == .stale ? .stale : .lost, outcome.note.isEmpty ? why : "\(why); \(outcome.note)", tries: outcome.tries)
        }
    }

    private func judged<Value: Sendable>(_ reading: SourceValue<Value>, _ source: Source<Value>, tries: Int) -> Fetched<Value> {
        let now = clock.now
        var status = SourceReport.Status.ok
        var detail = ""
        if let limit = source.maximumAge, let asOf = reading.asOf, now - asOf > limit {
            status = .stale
            detail = "as of \(asOf), older than \(limit.milliseconds / 60_000) min"
        }
        let report = SourceReport(
            name: source.name, isRequired: source.isRequired, status: status, detail: detail, tries: tries,
            items: reading.items, asOf: reading.asOf, receivedAt: now)
        return Fetched(report: report, value: status == .ok ? reading.value : nil)
    }
}
