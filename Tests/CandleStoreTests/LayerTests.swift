// The finest candles are the truth: coarser ones are added up from them, and coarser files only fill.
import Kernel
import Market
import Testing

@testable import CandleFiles
@testable import CandleStore

@Suite("Candle store: fine and coarse")
struct LayerTests {
    @Test("coarse candles are added up as candle files add them up, complete or absent", arguments: 0..<5)
    func derived(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let gaps = Set((0..<12).map { _ in Int.random(in: 0..<8_000, using: &generator) })
        let candles = made(.m1, 8_000, from: january.start + .minutes(Int.random(in: 0...3_000, using: &generator)), seed: seed, gaps: gaps)
        let bench = StoreBench()
        _ = try bench.writer().commit(candles, of: btc, .m1, in: january)
        for timeframe in Timeframe.allCases.dropFirst() {
            #expect(try bench.reader().candles(btc, timeframe) == Aggregation.candles(timeframe, from: candles, of: .m1))
        }
        // And as a backtest puts the columns of files together.
        let minutes = try #require(try bench.reader().history(btc, .m1))
        for timeframe in Timeframe.allCases.dropFirst() {
            let joined = minutes.resampled(to: timeframe)
            guard let stored = try bench.reader().history(btc, timeframe) else { #expect(joined.count == 0); continue }
            #expect(Array(joined.openTime) == Array(stored.openTime))
            for column in [\CandleHistory.open, \.high, \.low, \.close] { #expect(Array(joined[keyPath: column]) == Array(stored[keyPath: column])) }
            #expect(zip(joined.volume, stored.volume).allSatisfy { abs($0 - $1) <= 1e-12 * $1 })
        }
    }

    @Test("a coarser file fills only what finer candles cannot give, and says where")
    func fills() throws {
        let bench = StoreBench(), writer = try bench.writer()
        let minutes = made(.m1, 600, from: january.start, seed: 1, gaps: [61, 62, 130]), hours = made(.h1, 12, from: january.start, seed: 2)
        _ = try writer.commit(minutes, of: btc, .m1, in: january)
        let commit = try writer.commit(hours, of: btc, .h1, in: january)
        #expect(commit == Commit(added: 4, replaced: 0, known: 0, covered: 8, differing: 8))
        let store = try bench.reader(), fromMinutes = summed(minutes, .m1, to: .h1)
        #expect(fromMinutes.count == 8)
        let read = try store.columns(btc, .h1)
        #expect(
            read.fills == [
                CoarseFill(timeframe: .h1, from: january.start + .hours(1), to: january.start + .hours(3)),
                CoarseFill(timeframe: .h1, from: january.start + .hours(10), to: january.start + .hours(12))
            ])
        #expect(try store.candles(btc, .h1) == (fromMinutes + [hours[1], hours[2], hours[10], hours[11]]).sorted { $0.openTime < $1.openTime })
        #expect(try store.candles(btc, .m1) == minutes)
        #expect(try store.columns(btc, .m1).fills.isEmpty)
        let list = try store.list()
        #expect(list.map(\.timeframe) == [.m1, .h1] && list.map(\.fillingMonths) == [0, 1] && list.map(\.candles) == [597, 4])
    }

    @Test("finer candles take the place of coarser ones, but for those that finer ones cannot give")
    func finerReplaces() throws {
        let bench = StoreBench(), writer = try bench.writer()
        let minutes = made(.m5, 8_928, from: january.start, gaps: [20])
        let hours = made(.h1, 744, from: january.start, seed: 3), days = made(.d1, 31, from: january.start, seed: 4)
        _ = try writer.commit(days, of: btc, .d1, in: january)
        _ = try writer.commit(hours, of: btc, .h1, in: january)
        #expect(bench.files().filter { $0.hasSuffix(".candles") } == ["store/BTC-USDT/1h/2024-01.candles"])
        #expect(try bench.reader().candles(btc, .d1) == summed(hours, .h1, to: .d1))
        _ = try writer.commit(minutes, of: btc, .m5, in: january)
        #expect(try bench.reader().candles(btc, .h1, from: january.start + .hours(1), to: january.start + .hours(2)) == [hours[1]])
        #expect(try bench.reader().list().map(\.candles) == [8_927, 1])
        _ = try writer.commit(made(.m5, 8_928, from: january.start), of: btc, .m5, in: january)
        #expect(bench.files().filter { $0.hasSuffix(".candles") } == ["store/BTC-USDT/5m/2024-01.candles"])
    }

    @Test("a finer interval than any stored gives nothing, and no gap is ever filled by invention")
    func nothingInvented() throws {
        let bench = StoreBench()
        _ = try bench.writer().commit(made(.h1, 48, from: january.start, gaps: [5, 6]), of: btc, .h1, in: january)
        let store = try bench.reader()
        #expect(try store.candles(btc, .m1).isEmpty)
        #expect(try store.candles(btc, .h1).count == 46)
        #expect(try store.candles(btc, .h4).count == 11)
        #expect(try store.candles(btc, .d1).count == 1)
        #expect(throws: CandleStoreError.noCandles(Symbol("ETH/USDT")!, folder: bench.store)) { try store.candles(Symbol("ETH/USDT")!, .h1) }
    }

    @Test("a reader that finer candles overtake sees the coarser ones or the finer ones' sums, never a hole", arguments: 0..<8)
    func overtaken(round: UInt64) async throws {
        let bench = StoreBench(), writer = try bench.writer(), fine = made(.m5, 600, from: january.start, seed: round)
        _ = try writer.commit(summed(fine, .m5, to: .h1), of: btc, .h1, in: january)
        let store = try bench.reader()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { () throws -> Void in _ = try writer.commit(fine, of: btc, .m5, in: january) }
            group.addTask {
                for _ in 0..<60 {
                    let hours = try store.candles(btc, .h1)
                    #expect(hours.count == 50)
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.list().map(\.timeframe) == [.m5])
    }

    @Test("a part of a store's months trades by the rules of all")
    func rules() throws {
        let bench = StoreBench(), writer = try bench.writer(), months = ["2024-01", "2024-02", "2024-03"].compactMap { Month($0) }
        func hours(_ month: Month, _ price: String, _ volume: String) throws -> MonthRows {
            let low = try #require(Price("70")), high = try #require(Price(price)), traded = try #require(Quantity(volume))
            let candles = (0..<50).compactMap {
                Candle(openTime: month.start + .hours($0), open: low, high: high, low: low, close: low, volume: traded)
            }
            return try MonthRows(candles, of: btc, .h1, in: month)
        }
        let rows = [try hours(months[0], "70.5", "1.25"), try hours(months[1], "70", "3"), try hours(months[2], "8000", "7")]
        for rows in rows { _ = try writer.commit(rows, of: btc) }
        func rule(_ month: Month? = nil, _ timeframe: Timeframe = .h1) throws -> String {
            let history = try #require(try bench.reader().history(btc, timeframe, from: month?.start, to: month?.end)), told = history.instrument
            #expect(history.pricePlaces == 1)
            return "\(told.tickSize) \(told.lotStep) \(told.minNotional) \(told.assumed)"
        }
        // A lot of a hundredth would be 80 dollars in March.
        for month in [nil] + months { #expect(try rule(month) == "0.1 0.0001 10 true" && rule(month, .h4) == "0.1 0.0001 10 true") }
        // As an early version wrote it: nothing in the head tells of the highest price.
        var early = MonthEncoder.bytes(rows[2], of: btc)
        early[82] = 0
        let end = MonthFormat.headerSize + MonthFormat.entrySize
        early.replaceSubrange(end..<(end + 8), with: withUnsafeBytes(of: XXHash64.hash(Array(early[..<end])).littleEndian, Array.init))
        bench.write("store/BTC-USDT/1h/2024-03.candles", early)
        #expect(try bench.reader().verify().damages.isEmpty)
        for month in months { #expect(try rule(month) == "0.1 0.0001 10 true") }
        bench.write("store/BTC-USDT/1h/2024-03.candles", early.dropLast())
        #expect(try rule(months[1]) == "0.1 0.01 10 true")
    }

    @Test("a listing that a writer has overtaken is made anew")
    func staleListing() throws {
        let bench = StoreBench(), fine = made(.m5, 600, from: january.start)
        _ = try bench.writer().commit(fine, of: btc, .m5, in: january)
        let stale = MonthPart(symbol: btc, month: january, timeframes: [.h1], from: january.start, to: january.end)
        var rows = MonthRows(january, .h1)
        #expect(try bench.reader().read(stale, .h1, into: &rows).isEmpty)
        #expect(rows.slots.indices.compactMap { rows.candle($0) } == summed(fine, .m5, to: .h1))
    }

    @Test("new candles of the same interval take the place of old ones, and it is counted")
    func replaced() throws {
        let bench = StoreBench(), writer = try bench.writer()
        let first = made(.h1, 10, from: january.start, seed: 1), second = made(.h1, 10, from: january.start, seed: 2)
        _ = try writer.commit(first, of: btc, .h1, in: january)
        #expect(try writer.commit(first, of: btc, .h1, in: january) == Commit(known: 10))
        #expect(try writer.commit(Array(second[5...]), of: btc, .h1, in: january) == Commit(replaced: 5))
        #expect(try bench.reader().candles(btc, .h1) == Array(first[..<5] + second[5...]))
    }
}

extension Commit {
    init(known: Int) { self.init(added: 0, replaced: 0, known: known, covered: 0, differing: 0) }
    init(replaced: Int) { self.init(added: 0, replaced: replaced, known: 0, covered: 0, differing: 0) }
}
