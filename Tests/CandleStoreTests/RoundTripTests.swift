// What goes into a store comes out of it: exactly, and as columns that are the same to the last bit.
import Kernel
import Market
import Testing

@testable import CandleStore

@Suite("Candle store: there and back")
struct RoundTripTests {
    @Test("any candles come back exactly, as decimals and as columns", arguments: 0..<24)
    func exact(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let timeframe = Timeframe.allCases[Int(seed) % 7]
        let count = Int.random(in: 1...min(3_000, january.slots(timeframe)), using: &generator)
        let gaps = Set((0..<Int.random(in: 0...40, using: &generator)).map { _ in Int.random(in: 1...count, using: &generator) })
        let candles = made(
            timeframe, count, from: january.start, seed: seed, pricePlaces: Int.random(in: 0...8, using: &generator),
            volumePlaces: Int.random(in: 0...8, using: &generator), gaps: gaps)
        let bench = StoreBench()
        let commit = try bench.writer().commit(candles, of: btc, timeframe, in: january)
        #expect(commit.added == candles.count)
        let store = try bench.reader()
        #expect(try store.candles(btc, timeframe) == candles)
        let columns = try store.columns(btc, timeframe)
        #expect(columns.openTime == candles.map(\.openTime.milliseconds))
        let told = [
            candles.map(\.open.value), candles.map(\.high.value), candles.map(\.low.value), candles.map(\.close.value), candles.map(\.volume.value)
        ].map { $0.map(nearest) }
        #expect([columns.open, columns.high, columns.low, columns.close, columns.volume] == told)
        expectFilled(columns, store, timeframe)
    }

    /// The same columns come into memory of the caller's.
    private func expectFilled(_ columns: StoredColumns, _ store: CandleStore, _ timeframe: Timeframe) {
        #expect(throws: Never.self) {
            let capacity = try store.capacity(btc, timeframe)
            #expect(capacity >= columns.count)
            let times = UnsafeMutablePointer<Int64>.allocate(capacity: capacity),
                numbers = (0..<5).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: capacity) }
            defer { times.deallocate(); numbers.forEach { $0.deallocate() } }
            let memory = ColumnMemory(
                capacity: capacity, openTime: times, open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3], volume: numbers[4])
            let filled = try store.fill(memory, btc, timeframe)
            #expect(filled.rows == columns.count && Array(UnsafeBufferPointer(start: times, count: filled.rows)) == columns.openTime)
            #expect(
                numbers.map { Array(UnsafeBufferPointer(start: $0, count: filled.rows)) } == [
                    columns.open, columns.high, columns.low, columns.close, columns.volume
                ])
        }
    }

    @Test("the doubles of columns are what the numbers' texts parse to, at every count of places", arguments: 0...12)
    func doubles(places: Int) {
        var generator = SplitMix64(seed: UInt64(places))
        let mantissas = (0..<2_000).map { _ in Int64.random(in: 0...(1 << Int64.random(in: 1...50, using: &generator)), using: &generator) }
        for set in [mantissas, mantissas + [Int64.max / 3, (1 << 53) + 1]] {
            let converted = [Double](unsafeUninitializedCapacity: set.count) { buffer, count in
                Doubles.convert(set, places, to: UnsafeMutableBufferPointer(rebasing: buffer[..<set.count]))
                count = set.count
            }
            let unit = FixedDecimal.unit(places: places).raw
            #expect(converted == set.map { nearest(FixedDecimal(raw: Int128($0) * unit)) })
        }
    }

    @Test(
        "the widest and the finest numbers a candle can have survive",
        arguments: [
            ("0.000000000001", "0.000000000001", "0"), ("10000000000", "0.00000001", "1000000000000000"),
            ("9223372.036854775807", "1", "0.000000000001")
        ])
    func extremes(high: String, low: String, volume: String) throws {
        let top = Price(high)!, bottom = Price(low)!
        let candle = Candle(openTime: january.start, open: bottom, high: top, low: bottom, close: top, volume: Quantity(volume)!)!
        let bench = StoreBench()
        _ = try bench.writer().commit([candle], of: btc, .m1, in: january)
        #expect(try bench.reader().candles(btc, .m1) == [candle])
    }

    @Test("numbers that 63 bits cannot keep beside each other are refused, and nothing is written")
    func tooManyDigits() throws {
        let bench = StoreBench(), writer = try bench.writer(), first = made(.m1, 1, from: january.start)
        _ = try writer.commit(first, of: btc, .m1, in: january)
        let fine = Price("0.000000000001")!, huge = Price("10000000000")!
        let candle = Candle(openTime: january.start + .minutes(1), open: fine, high: huge, low: fine, close: huge, volume: .zero)!
        #expect(throws: CandleStoreError.digits(btc, january)) { try writer.commit([candle], of: btc, .m1, in: january) }
        #expect(try bench.reader().candles(btc, .m1) == first)
    }

    @Test(
        "candles outside their month, off the grid or twice are refused",
        arguments: [[-60_000], [2_678_400_000], [30_000], [60_000, 60_000], [120_000, 60_000]] as [[Int64]])
    func disorder(offsets: [Int64]) throws {
        let bench = StoreBench(), writer = try bench.writer(), one = made(.m1, 1, from: january.start)[0]
        let candles = offsets.map {
            Candle(
                openTime: january.start + TimeSpan(milliseconds: $0), open: one.open, high: one.high, low: one.low, close: one.close,
                volume: one.volume)!
        }
        #expect(throws: CandleStoreError.disorder(btc, at: candles.last!.openTime)) { try writer.commit(candles, of: btc, .m1, in: january) }
    }

    @Test("a window gives the candles that open at or after its start and are closed at its end", arguments: 0..<10)
    func windows(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let bench = StoreBench(), writer = try bench.writer()
        let start = Timestamp("2024-01-25T00:00:00Z")
        let candles = made(.m5, 2_500, from: start, seed: seed, gaps: [5, 6, 7, 2_200])
        for month in [january, Month("2024-02")!] {
            _ = try writer.commit(candles.filter { month.start <= $0.openTime && $0.openTime < month.end }, of: btc, .m5, in: month)
        }
        for timeframe in [Timeframe.m5, .h1, .d1] {
            let from = start + .minutes(Int.random(in: -500...13_000, using: &generator)),
                to = from + .minutes(Int.random(in: 0...13_000, using: &generator))
            let wanted = summed(candles, .m5, to: timeframe).filter { $0.openTime >= from && $0.closeTime(timeframe) <= to }
            #expect(try bench.reader().candles(btc, timeframe, from: from, to: to) == wanted)
            #expect(try bench.reader().columns(btc, timeframe, from: from, to: to).close == wanted.map { nearest($0.close.value) })
        }
    }

    @Test("the same candles are the same bytes, however they came in")
    func sameBytes() throws {
        let candles = made(.m1, 3_000, from: january.start, gaps: [10, 2_500])
        let once = StoreBench(), parts = StoreBench()
        _ = try once.writer().commit(candles, of: btc, .m1, in: january)
        let writer = try parts.writer()
        for part in [candles[2_000...], candles[..<1_000], candles[900..<2_100]] { _ = try writer.commit(Array(part), of: btc, .m1, in: january) }
        #expect(once.bytes("store/BTC-USDT/1m/2024-01.candles") == parts.bytes("store/BTC-USDT/1m/2024-01.candles"))
    }

    @Test("candles with five digits need less than twenty bytes each")
    func compact() throws {
        let rows = try MonthRows(made(.m1, 6_000, from: january.start), of: btc, .m1, in: january)
        #expect(MonthEncoder.bytes(rows, of: btc).count < 6_000 * 20)
    }

    @Test(
        "XXH64 gives the known values",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1)
        ] as [(String, UInt64)])
    func hash(text: String, value: UInt64) { #expect(XXHash64.hash(Array(text.utf8)) == value) }
}
