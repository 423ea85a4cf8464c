// What `carillon candles` does not do: one row a wrong command line, and files that are no candles.
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Candles refused")
struct CandlesRefusalTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private var store: String { bench.home("store") }

    private func candles(_ arguments: String...) async throws -> Ended { try await bench.run(["candles"] + arguments + ["--store", store]) }

    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: String
        let code: Int32
        let line: String
        var testDescription: String { arguments }
        init(_ arguments: String, _ code: Int32, _ line: String) {
            self.arguments = arguments
            self.code = code
            self.line = line
        }
    }

    @Test(
        "what cannot be done is told, and no store is made of it",
        arguments: [
            Row(
                "list", 69,
                "carillon: no candles in STORE yet; carillon candles import or backfill puts some there, --store names another folder (exit 69)"),
            Row("gaps", 69, "carillon: no candles in STORE yet"), Row("verify", 69, "carillon: no candles in STORE yet"),
            Row("repair", 69, "carillon: no candles in STORE yet"),
            Row("import", 64, "Error: Missing expected argument '<files> ...'"),
            Row("import x.csv --interval 3m", 64, "Error: The value '3m' is invalid for '--interval <interval>'"),
            Row("backfill --from 2024-01", 64, "Error: Missing expected argument '--symbols <A,B>'"),
            Row("backfill --symbols BTC --from 2024-01", 64, "Error: The value 'BTC' is invalid for '--symbols <A,B>'"),
            Row("backfill --symbols BTCUSDT --from 2024-13", 64, "Error: The value '2024-13' is invalid for '--from <2024-01>'"),
            Row("backfill --symbols BTCUSDT --from 2199-01", 64, "Error: --from 2199-01 is in the future"),
            Row("backfill --symbols BTCUSDT --from 2024-05 --to 2024-04", 64, "Error: --to 2024-04 is before --from 2024-05"),
            Row("backfill --symbols BTCUSDT --from 2024-05 --exchange nyse", 64, "Error: The value 'nyse' is invalid for '--exchange <exchange>'"),
            Row("backfill --symbols BTCUSDT --from 2024-05 --address nowhere", 64, "carillon: --address 'nowhere' is not an address")
        ])
    func refused(row: Row) async throws {
        let ended = try await bench.run(["candles"] + row.arguments.split(separator: " ").map(String.init) + ["--store", store])
        #expect(ended.way == .exit(row.code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.hasPrefix(row.line.replacing("STORE", with: store)), "\(ended.error)")
        #expect(!Files.exists(store + "/CANDLES") || row.arguments.contains("nowhere"))
    }

    @Test("a file that cannot be imported is named with its line and 65, and the others are taken")
    func oneBadFile() async throws {
        let good = bench.write("BTCUSDT-1h.csv", (0..<20).map { "\(1_704_067_200_000 + Int64($0) * 3_600_000),100,101,99,100.5,7\n" }.joined())
        let bad = bench.write("ETHUSDT-1h.csv", "1704067200000,1,2,3,1,5\n")
        let ended = try await candles("import", bad, good)
        #expect(ended.way == .exit(65))
        #expect(ended.error == "ETHUSDT-1h.csv:1: high below low\ncarillon: 1 of 2 files refused; nothing of it was imported (exit 65)\n")
        #expect(ended.out == "BTCUSDT-1h.csv: BTC/USDT 1h, 20 candles from 2024-01-01T00:00:00Z to 2024-01-01T20:00:00Z: 20 new\n")
        let json = try await candles("import", bad, good, "--json")
        #expect(try JSONValue(parsing: json.out)["refused"].array[0]["line"].int == 1 && json.way == .exit(65))
    }
}
