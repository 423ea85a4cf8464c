// `carillon metrics` as a process: the figures of a file, and a wrong file or option told with its exit code.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Metrics")
struct MetricsTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private static let five = "date,return\n2024-01-01,0.1\n2024-01-02,-0.05\n2024-01-03,0\n2024-01-04,0.02\n2024-01-05,-0.1\n"

    @Test("the JSON has numbers under the known names, null where there is none, and the reason beside")
    func json() async throws {
        let file = bench.write("returns.csv", Self.five)
        let ended = try await bench.run(["metrics", file, "--json", "--periods-per-year", "5"])
        #expect(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        let json = try JSONValue(parsing: ended.out)
        #expect(
            try json["n"].int == 5 && json["first"].string == "2024-01-01" && json["last"].string == "2024-01-05" && json["annualisation"].int == 5)
        #expect(
            try abs(json["total_return"].double + 0.04069) < 1e-15 && json["max_drawdown_length"].int == 4
                && json["profit_factor"].double.rounded() == 1)
        #expect(try json["dsr"].optional == nil && json["reasons"]["dsr"].string == "the number of trials is not known")
        #expect(
            ended.out.hasPrefix(#"{"n":5,"first":"2024-01-01","last":"2024-01-05","annualisation":5,"total_return":-0.0"#)
                && ended.out.contains(#""cvar_95_historical":-0.1,"#))
    }

    @Test("without an option the dates tell how many periods a year has; a moment that is no midnight keeps its time")
    func auto() async throws {
        let file = bench.write("returns.csv", "date,return\n2024-01-01T00:00:00Z,0.1\n2024-01-01T01:00:00Z,-0.1\n")
        let json = try JSONValue(parsing: try await bench.run(["metrics", "--json", file]).out)
        #expect(try json["annualisation"].int == 8_760 && json["first"].string == "2024-01-01" && json["last"].string == "2024-01-01T01:00:00Z")
    }

    @Test("a person reads an aligned table with units, reasons and months")
    func table() async throws {
        let file = bench.write("returns.csv", Self.five)
        let ended = try await bench.run(["metrics", file])
        #expect(ended.way == .exit(0) && ended.error.isEmpty)
        let lines = ended.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0] == "5 returns from 2024-01-01 to 2024-01-05 · 365 periods a year")
        #expect(
            lines.contains("  Total return                     −4.07 %") && lines.contains("  Its length                           4 periods"),
            "\(ended.out)")
        #expect(lines.contains("  Longest winning streak               1 period"))
        #expect(lines.contains("  Deflated Sharpe                      – (the number of trials is not known)"))
        #expect(lines.contains { $0.hasPrefix("  2024    −4.1 ") && $0.hasSuffix("   −4.1") })
    }

    @Test(
        "a wrong file or option is told with its exit code and its place",
        arguments: [
            ("", [], 64, "Error: Missing expected argument '<RETURNS.csv>'"),
            ("", ["FILE", "--periods-per-year", "0"], 64, "Error: The value '0' is invalid for '--periods-per-year <N|auto>'"),
            ("", ["FILE", "--periods-per-year", "-1"], 64, "Error: "), ("", ["FILE", "--periods-per-year", "nan"], 64, "Error: The value 'nan'"),
            ("", ["FILE", "--periods-per-year", "1e99"], 64, "Error: The value '1e99'"),
            ("", ["FILE"], 65, "carillon: FILE:1:1: the header is not 'date,return' (exit 65)"),
            ("date,return\n2024-01-01,0.1\n2024-01-01,0.1\n", ["FILE"], 65, "carillon: FILE:3:1: the date is that of the row before (exit 65)"),
            ("date,return\n2024-01-01,abc\n", ["FILE", "--json"], 65, "carillon: FILE:2:12: the return is no decimal number (exit 65)"),
            ("", ["FILE.missing"], 66, "carillon: cannot read FILE.missing: No such file or directory (exit 66)"),
            ("", ["/"], 66, "carillon: cannot read /: Is a directory (exit 66)")
        ] as [(String, [String], Int32, String)])
    func refused(text: String, arguments: [String], code: Int32, words: String) async throws {
        let file = bench.write("returns.csv", text)
        let ended = try await bench.run(["metrics"] + arguments.map { $0.replacing("FILE", with: file) })
        #expect(ended.way == .exit(code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.hasPrefix(words.replacing("FILE", with: file)), "\(ended.error)")
    }
}
