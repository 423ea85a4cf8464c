// Reading `date,return`: what is taken, and how each thing that is wrong is named with line and column.
import Testing

@testable import Kernel
@testable import Statistics

private func read(_ text: String) throws(TextFault) -> ReturnSeries { try ReturnSeries(csv: Array(text.utf8)) }

@Suite("Reading returns")
struct ReturnSeriesTextTests {
    @Test(
        "days, moments with a zone and milliseconds are read, with either line end and with none at the end",
        arguments: [
            "date,return\n2024-01-01,0.5\n2024-01-02,-1\n", "date,return\r\n2024-01-01,0.5\r\n2024-01-02,-1.0\r\n",
            "date,return\n1704067200000,5e-1\n1704153600000,-1",
            "date,return\n2024-01-01T01:00:00+01:00,.5\n2024-01-02 00:00:00Z,-1.", "\u{FEFF}date,return\r\n2024-01-01,0.5\r\n2024-01-02,-1\r\n"
        ])
    func good(text: String) throws {
        let series = try read(text)
        #expect(series.returns == [0.5, -1] && series.times.map(\.iso8601) == ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"])
    }

    @Test("every digit of a return counts")
    func digits() throws {
        #expect(
            try read("date,return\n2024-01-01,0.029115157121632596\n2024-01-02,2.2250738585072014e-308\n").returns
                == [0.029115157121632596, .leastNormalMagnitude])
    }

    @Test("a header alone is an empty series")
    func empty() throws { #expect(try read("date,return\n").count == 0 && read("date,return").count == 0) }

    @Test(
        "what is wrong is named with its line and column",
        arguments: [
            ("", "1:1: the header is not 'date,return'"), ("\n", "1:1: the header is not 'date,return'"),
            ("2024-01-01,0.1\n", "1:1: the header is not 'date,return'"),
            ("\u{FEFF}\u{FEFF}date,return\n", "1:1: the header is not 'date,return'"), ("date;return\n", "1:1: the header is not 'date,return'"),
            ("date,return\n\n", "2:1: the line is empty"), ("date,return\n2024-01-01,0.1\n\n2024-01-02,0.1\n", "3:1: the line is empty"),
            ("date,return\n2024-01-01\n", "2:11: one column instead of 2"), ("date,return\n2024-01-01,0.1,\n", "2:15: more than 2 columns"),
            ("date,return\n2024-13-01,0.1\n", "2:1: no date; "), ("date,return\n2024-02-30,0.1\n", "2:1: no date; "),
            ("date,return\n,0.1\n", "2:1: no date; "),
            ("date,return\n2024-01-01T00:00:00,0.1\n", "2:1: no date; "), ("date,return\n1704067200,0.1\n", "2:1: no date; "),
            ("date,return\n-1704067200000,0.1\n", "2:1: no date; "), ("date,return\n99999999999999999999,0.1\n", "2:1: no date; "),
            ("date,return\n2024-01-01,\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,nan\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,inf\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,0x1\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01, 0.1\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,0.1 \n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,+0.1\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,1e\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,1-1\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,.\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,\"0.1\"\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,0.1\r\r\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,\(String(repeating: "0", count: 65))\n", "2:12: the return is no decimal number"),
            ("date,return\n2024-01-01,1e999\n", "2:12: the return is too large for a number"),
            ("date,return\n2024-01-01,-1.0000001\n", "2:12: the return is below -1"),
            ("date,return\n1704067200000,0.1\n1704067200000,0.1\n", "3:1: the date is that of the row before"),
            ("date,return\n2024-01-02,0.1\n2024-01-01,0.1\n", "3:1: the date is earlier than the row before")
        ])
    func bad(text: String, words: String) {
        let fault = #expect(throws: TextFault.self) { try read(text) }
        #expect(fault?.description.hasPrefix(words) == true, "\(String(describing: fault))")
    }

    @Test("bytes that are no text are refused where they stand", arguments: [([0xFF], 1), ([0x00], 1), ([0xC0, 0x80], 1)] as [([UInt8], Int)])
    func noText(bytes: [UInt8], column: Int) {
        let fault = #expect(throws: TextFault.self) { try ReturnSeries(csv: Array("date,return\n2024-01-0".utf8) + bytes + Array(",0.1\n".utf8)) }
        #expect(fault?.line == 2 && fault?.column == column)
    }

    @Test("over seeds: a damaged byte is refused or leaves a series that keeps every promise", arguments: 0..<200 as Range<UInt64>)
    func damage(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        var bytes = Array("date,return\n2024-01-01,0.01\n2024-01-02,-0.02\n2024-01-03,1e-3\n".utf8)
        for _ in 0...numbers.below(3) { bytes[numbers.below(bytes.count)] = UInt8(truncatingIfNeeded: numbers.next()) }
        guard let series = try? ReturnSeries(csv: bytes) else { return }
        #expect(zip(series.times, series.times.dropFirst()).allSatisfy { $0 < $1 } && series.returns.allSatisfy { $0.isFinite && $0 >= -1 })
    }

    @Test("a series takes no disorder, no NaN and no loss of more than everything")
    func series() throws {
        var series = ReturnSeries()
        try series.append(0.1, at: fourteen)
        #expect(throws: ReturnFault.duplicate) { try series.append(0.1, at: fourteen) }
        #expect(throws: ReturnFault.disordered) { try series.append(0.1, at: fourteen - .seconds(1)) }
        #expect(throws: ReturnFault.notFinite) { try series.append(.nan, at: fourteen + .seconds(1)) }
        #expect(throws: ReturnFault.belowMinusOne) { try series.append(-1.5, at: fourteen + .seconds(1)) }
        #expect(series.count == 1)
    }
}
