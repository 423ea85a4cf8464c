// Fetching for prices that are already in memory: one after the other, one try, no clock, no task. In
// virtual time a wait would move the very clock that decides.
public import Kernel
import Market
public import Ports

public struct DirectFetching: Fetching {
    public let deadline = TimeSpan.seconds(60)
    public let mayAskAgain = false
    public init() {}

    public func fetchAll<Value: Sendable>(_ sources: [Source<Value>], atOnce width: Int, within span: TimeSpan) async -> [Fetched<Value>] {
        var results: [Fetched<Value>] = []
        results.reserveCapacity(sources.count)
        for source in sources { results.append(await read(source)) }
        return results
    }

    private func read<Value: Sendable>(_ source: Source<Value>) async -> Fetched<Value> {
        func report(_ status: SourceReport.Status, _ detail: String = "", tries: Int = 1, _ reading: SourceValue<Value>? = nil) -> SourceReport {
            SourceReport(
                name: source.name, isRequired: source.isRequired, status: status, detail: detail, tries: tries,
                items: reading?.items ?? 0, asOf: reading?.asOf)
        }
        if let why = source.skipped { return Fetched(report: report(.skipped, why, tries: 0), value: nil) }
        do {
            let reading = try await source.fetch()
            return Fetched(report: report(.ok, "", tries: 1, reading), value: reading.value)
        } catch {
            let status: SourceReport.Status = error.kind == .stale ? .stale : .lost
            return Fetched(report: report(status, "\(error.kind.rawValue): \(error.detail)"), value: nil)
        }
    }
}
