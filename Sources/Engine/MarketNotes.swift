// What the hour's report says of the market itself: who was kept out for its prices, what was not asked, a
// clock that drifts, and, if nothing was offered at all, why.
import Analysis
import Market
import Trading

extension CycleReporter {
    /// How many names a line holds before it only counts.
    private static let named = 5

    var marketNotes: [String] {
        guard skipped == nil else { return [] }
        return [faulty, notAsked, drifting, nothingOffered].compactMap { $0 }
    }

    private var faulty: String? {
        let out = snapshot.universe.filter { !$0.faults.isEmpty }
        guard !out.isEmpty else { return nil }
        if out.count == 1 { return "Kept out: \(out[0].symbol), \(out[0].faults[0].words)" }
        let names = out.prefix(Self.named).map { "\($0.symbol) (\($0.faults[0].word))" }
        return "Kept out for their prices: " + Self.list(names, of: out.count)
    }

    private var notAsked: String? {
        let skipped = snapshot.sources.filter { $0.status == .skipped }
        return skipped.isEmpty ? nil : "Not asked: " + skipped.map { "\($0.name) (\($0.detail))" }.joined(separator: ", ")
    }

    private var drifting: String? {
        guard let clock = snapshot.clock, clock.verdict == .warn else { return nil }
        return "Careful, \(clock.words)"
    }

    /// The first filter that took each instrument out, with how many it took.
    private var nothingOffered: String? {
        guard snapshot.views.isEmpty else { return nil }
        let first = snapshot.universe.compactMap(\.exclusions.first)
        let steps = UniverseFilter.allCases.flatMap { filter in
            [true, false].compactMap { unknown -> String? in
                let count = first.count { $0.filter == filter && $0.unknown == unknown }
                return count == 0 ? nil : "\(count) by \(filter.rawValue)\(unknown ? " (unknown)" : "")"
            }
        }
        let market = snapshot.sources.first { $0.isRequired }?.detail ?? ""
        let out =
            snapshot.universe.isEmpty ? "nothing is listed now" : "kept out " + (steps.isEmpty ? "for their prices" : steps.joined(separator: ", "))
        return "Nothing was offered: \(out)\(market.isEmpty ? "" : "; \(market)")"
    }

    private static func list(_ names: [String], of count: Int) -> String {
        names.joined(separator: ", ") + (count > names.count ? " and \(count - names.count) more" : "")
    }
}
