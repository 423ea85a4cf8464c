// Real candles into a store, where they are at hand: every row, and what is added up from them.
import CandleFiles
import Kernel
import Market
import Testing

@testable import CandleStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of shared material: told by the environment, else beside the repository.
private let sharedData: String = {
    if let told = getenv("CARILLON_SHARED") { return String(cString: told) + "/data" }
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/../shared/data"
}()

@Suite("Candle store: real candles", .enabled(if: access(sharedData + "/manifest.json", R_OK) == 0, "the shared data are not here"))
struct SharedDataTests {
    @Test("a real file comes back row for row, with its gaps, and added up as the files are", arguments: ["BTCUSDT-5m", "XRPUSDT-1h", "SHIBUSDT-1d"])
    func rows(name: String) throws {
        let bench = StoreBench(), path = "\(sharedData)/\(name).csv.gz", file = try ImportFile(path: path)
        let result = try CandleImport(into: bench.writer()).run(file)
        let store = try bench.reader()
        var told: [Candle] = []
        try file.content().rows(file.timeframe) { row throws(FileFault) in if let candle = row.candle { told.append(candle) } }
        #expect(result.rows == told.count && told.count > 700)
        #expect(try store.candles(file.symbol, file.timeframe) == told)
        for timeframe in Timeframe.allCases where timeframe > file.timeframe {
            #expect(try store.candles(file.symbol, timeframe) == summed(told, file.timeframe, to: timeframe))
        }
        let missing = zip(told, told.dropFirst()).reduce(0) {
            $0 + Int(($1.1.openTime - $1.0.openTime).milliseconds / file.timeframe.duration.milliseconds) - 1
        }
        #expect(try store.gaps(of: file.symbol).reduce(0) { $0 + $1.missing } == missing)
        #expect(try store.verify().damages.isEmpty)
    }

    @Test("a history from the store is the history of the file it was imported from", arguments: ["BTCUSDT-1h", "XRPUSDT-1h"])
    func history(name: String) throws {
        let bench = StoreBench(), path = "\(sharedData)/\(name).csv.gz"
        _ = try CandleImport(into: bench.writer()).run(ImportFile(path: path))
        let told = try HistoryFile.read(path), read = try #require(try bench.reader().history(told.instrument.symbol, .h1))
        #expect(Array(read.openTime) == Array(told.openTime) && read.pricePlaces == told.pricePlaces && read.instrument == told.instrument)
        #expect(
            [read.open, read.high, read.low, read.close, read.volume].map(Array.init)
                == [told.open, told.high, told.low, told.close, told.volume].map(Array.init))
        #expect(try bench.reader().history(told.instrument.symbol, .m1) == nil)
    }

    @Test("the hours that real five-minute candles lack are filled from the hourly file, and only those")
    func filled() throws {
        let bench = StoreBench(), writer = try bench.writer()
        for name in ["ETHUSDT-5m", "ETHUSDT-1h"] { _ = try CandleImport(into: writer).run(ImportFile(path: "\(sharedData)/\(name).csv.gz")) }
        let eth = Symbol("ETH/USDT")!, store = try bench.reader()
        let read = try store.columns(eth, .h1)
        let both = StoreBench()
        _ = try CandleImport(into: both.writer()).run(ImportFile(path: "\(sharedData)/ETHUSDT-1h.csv.gz"))
        let hours = try both.reader().columns(eth, .h1)
        #expect(read.openTime == hours.openTime)
        #expect(!read.fills.isEmpty)
        let list = try store.list()
        #expect(list.map(\.timeframe) == [.m5, .h1] && list[1].candles < hours.count)
    }
}
