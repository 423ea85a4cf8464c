// The hour's summary never calls data fresh that were not there.
import Domain
import Messaging
import Testing

@Suite("The hourly summary")
struct HourlySummaryTests {
    private static let nothing = Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0)

    private func plain(_ problems: [String]) -> String {
        let time = Timestamp(iso8601: "2026-01-05T14:00:00Z")!
        let report = HourlyReport(time: time, next: time + .hours(1), mode: "paper", world: "binance", quote: .usdt, equity: "1000", dayChange: nil, sinceStart: nil,
                                  startedAt: nil, heat: .zero, heatLimit: "0.06", cashShare: .one, positions: [], funnel: Self.nothing, entries: [], refused: [],
                                  panel: "indicators", modelCost: .zero, problems: problems, notes: [])
        return MessageRenderer(zone: .utc).text(of: .summary(report)).plain
    }

    @Test("data are called fresh only where every source gave some", arguments: [
        ([], "data fresh"), (["Halted: by hand"], "data fresh"), (["Source lost: coingecko, timeout"], "data incomplete"),
        (["No decision this hour: binance instruments: unreachable"], "data incomplete"),
    ] as [([String], String)])
    func freshness(_ problems: [String], _ words: String) {
        #expect(plain(problems).contains(words))
    }
}
