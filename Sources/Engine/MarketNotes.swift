// What the hour's report says of the market itself: who was kept out for its prices, what was not asked, a
// clock that drifts, and, if nothing was offered at all, why.
import Analysis
import Events
import Market
import Trading

extension CycleReporter {
    /// How many names a line holds before it only counts.
    private static let named = 5

    var marketNotes: [HourNote] {
        guard skipped == nil else { return [] }
        return [faulty, notAsked, drifting, nothingOffered].compactMap { $0 }
    }

    private var faulty: HourNote? {
        let out = snapshot.universe.compactMap { verdict in verdict.faults.first.map { HourNote.Faulty(symbol: verdict.symbol, fault: $0) } }
        return out.isEmpty ? nil : .keptOut(Array(out.prefix(Self.named)), of: out.count)
    }

    private var notAsked: HourNote? {
        let skipped = snapshot.sources.filter { $0.status == .skipped }
        return skipped.isEmpty ? nil : .unasked(skipped.map { .init(source: $0.name, why: $0.detail) })
    }

    private var drifting: HourNote? {
        guard let clock = snapshot.clock, clock.verdict == .warn else { return nil }
        return .drifting(offset: clock.offset)
    }

    /// The first filter that took each instrument out, with how many it took.
    private var nothingOffered: HourNote? {
        guard snapshot.views.isEmpty else { return nil }
        let first = snapshot.universe.compactMap(\.exclusions.first)
        let steps = UniverseFilter.allCases.flatMap { filter in
            [true, false].compactMap { unknown -> HourNote.Step? in
                let count = first.count { $0.filter == filter && $0.unknown == unknown }
                return count == 0 ? nil : .init(filter: filter, isUnknown: unknown, count: count)
            }
        }
        return .nothingOffered(
            listed: snapshot.universe.count, steps: steps, market: snapshot.sources.first { $0.isRequired }?.detail ?? "")
    }
}
