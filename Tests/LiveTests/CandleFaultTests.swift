// Prices that are not sane: the one instrument sits out by name, and all others go on.
import Analysis
import Engine
import Feeds
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Testing

@Suite("One instrument's prices")
struct CandleFaultTests {
    /// The snapshot where BBB's hourly rows are these.
    func snapshot(_ rows: @escaping StandInVenue.Rows, last: String? = nil) async throws -> MarketSnapshot {
        let look = try LiveLook()
        defer { look.venue.stop() }
        look.venue.set {
            $0.klines["BBB"] = rows
            $0.last["BBB"] = last
        }
        let snapshot = try await look.observe()
        #expect(snapshot.bases == ["AAA", "CCC", "DDD"])
        return snapshot
    }
    func fault(_ snapshot: MarketSnapshot) throws -> PriceFault { try #require(snapshot.verdict("BBB")?.faults.first) }

    @Test("a history that ends hours ago is stale")
    func F050_staleCandles() async throws {
        let fault = try fault(try await snapshot { $0.dropLast(3).map { StandInVenue.row($0) } })
        guard case .stale(let lastClose, _, _) = fault else { Issue.record("\(fault)"); return }
        #expect(lastClose == hour - .hours(3))
    }

    @Test("missing candles are asked for once more, and then keep the instrument out")
    func F052_gaps() async throws {
        let fault = try fault(
            try await snapshot { opens in opens.enumerated().filter { opens.count - $0.offset != 5 }.map { StandInVenue.row($0.element) } })
        #expect(fault == .gaps(missing: 1, window: 24, limit: 0))
    }

    @Test("a candle that comes a moment late is there the second time")
    func F052_lateCandle() async throws {
        try await live { live in
            let asked = Counter()
            live.venue.set { $0.klines["BBB"] = { opens in (asked.next() == 0 ? opens.dropLast() : opens[...]).map { StandInVenue.row($0) } } }
            let snapshot = try await live.observe()
            #expect(snapshot.bases == ["AAA", "BBB", "CCC", "DDD"])
            #expect(asked.count == 2)
            #expect(live.venue.asked("symbol=AAAUSDT&interval=1h") == 1)
        }
    }

    @Test(
        "numbers that are none are no candle: what has no last close stays out",
        arguments: ["\"NaN\"", "null", "\"1e400\"", "\"-1\"", "\"0\"", "\"\"", "{}"])
    func F053_noNumber(_ value: String) async throws {
        let fault = try fault(
            try await snapshot { opens in
                opens.map { StandInVenue.row($0) }.dropLast() + [
                    StandInVenue.row(hour - .hours(1)).split(separator: "\"100.00\"", maxSplits: 1, omittingEmptySubsequences: false).joined(
                        separator: value)
                ]
            })
        guard case .stale(let close, _, _) = fault else { Issue.record("\(fault)"); return }
        #expect(close == hour - .hours(1))
    }

    @Test("ten times the price for one hour keeps the instrument out")
    func F054_wick() async throws {
        let fault = try fault(
            try await snapshot { opens in
                opens.map { $0 == hour - .hours(4) ? StandInVenue.row($0, high: "1000.00") : StandInVenue.row($0) }
            })
        guard case .wick = fault else { Issue.record("\(fault)"); return }
    }

    @Test("a decimal that moved is no price to value anything by")
    func F054_decimalShift() async throws {
        let look = try LiveLook()
        defer { look.venue.stop() }
        look.venue.set { $0.last["BBB"] = "10.00" }
        let held = Symbol("BBB/USDT")!, fine = Symbol("DDD/USDT")!
        let snapshot = try await look.observe(held: [held, fine])
        #expect(snapshot.bases == ["AAA", "CCC", "DDD"])
        guard case .shifted = try fault(snapshot) else { Issue.record("not shifted"); return }
        #expect(snapshot.marks[held] == nil)
        #expect(snapshot.marks[fine] == Price("100"))
    }

    @Test("a ticker and candles that disagree are no price to trade on")
    func F055_disputed() async throws {
        let fault = try fault(try await snapshot({ opens in opens.map { StandInVenue.row($0) } }, last: "104.00"))
        guard case .disputed = fault else { Issue.record("\(fault)"); return }
    }

    @Test("an instrument that never answers costs the rest of the deadline and itself, no more")
    func deadline() async throws {
        try await live { live in
            live.venue.set {
                $0.instead["symbol=BBBUSDT&interval=1h"] = .silence
                $0.onRequest = { [clock = live.clock, venue = live.venue] request in
                    // The last of the others has asked: time is up.
                    if request.target.contains("interval=1h"), venue.asked("interval=1h") == 4 { clock.expire() }
                }
            }
            let snapshot = try await live.observe()
            #expect(!snapshot.bases.contains("BBB"))
            guard case .unreadable = try fault(snapshot) else { Issue.record("\(try fault(snapshot))"); return }
        }
    }

    @Test("each round has what the rounds before left of the one deadline")
    func oneDeadline() async throws {
        try await live { live in
            let clock = live.clock
            live.venue.set { $0.onRequest = { if $0.target.contains("24hr") { clock.advance(by: .seconds(50)) } } }
            let snapshot = try await live.observe()
            #expect(snapshot.bases.count == 4)
            // Sources and context at once, then listing days and candles.
            #expect(clock.sleeps.filter { $0 >= LiveLook.shortestDeadline } == [.seconds(60), .seconds(60), .seconds(10), .seconds(10)])
        }
    }
}
