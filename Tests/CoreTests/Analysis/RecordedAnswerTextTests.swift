// Reading `time,symbol,agreed,conviction`: what is taken, and how each thing that is wrong is named with line and column.
import Testing

@testable import Analysis
@testable import Kernel
@testable import Market
@testable import Statistics

private let header = "time,symbol,agreed,conviction\n"
private func read(_ text: String) throws(TextFault) -> [RecordedAnswer] { try RecordedAnswer.read(csv: Array(text.utf8)) }

@Suite("Reading recorded answers")
struct RecordedAnswerTextTests {
    @Test(
        "moments with a zone and milliseconds are read, with either line end and with none at the end",
        arguments: [
            header + "2024-01-01T14:00:00Z,BTC/USDT,true,0.70\n2024-01-01,ETH/USDT,false,0\n",
            "time,symbol,agreed,conviction\r\n2024-01-01T15:00:00+01:00,BTC/USDT,true,0.7\r\n2024-01-01,ETH/USDT,false,0\r\n",
            "\u{FEFF}" + header + "2024-01-01T14:00:00Z,BTC/USDT,true,0.7\n2024-01-01,ETH/USDT,false,0\n",
            header + "1704117600000,BTC/USDT,true,7e-1\n1704067200000,ETH/USDT,false,0.0"
        ])
    func good(_ text: String) throws {
        let answers = try read(text)
        #expect(
            answers == [
                RecordedAnswer(symbol: Symbol("BTC/USDT")!, hour: Timestamp(iso8601: "2024-01-01T14:00:00Z")!, agreed: true, conviction: "0.7"),
                RecordedAnswer(symbol: Symbol("ETH/USDT")!, hour: Timestamp(iso8601: "2024-01-01T00:00:00Z")!, agreed: false, conviction: "0")
            ])
    }

    @Test("a header alone is no answer")
    func empty() throws { #expect(try read(header).isEmpty && read("time,symbol,agreed,conviction").isEmpty) }

    @Test(
        "what is wrong is named with its line and column",
        arguments: [
            ("", "1:1: the header is not 'time,symbol,agreed,conviction'"), ("\n", "1:1: the header"),
            ("2024-01-01,BTC/USDT,true,1\n", "1:1: the header"),
            (header + "\n", "2:1: the line is empty"), (header + "2024-01-01,BTC/USDT,true\n", "2:25: 3 columns instead of 4"),
            (header + "2024-01-01,BTC/USDT,true,1,x\n", "2:28: more than 4 columns"),
            (header + "soon,BTC/USDT,true,1\n", "2:1: no time; "), (header + "2024-01-01T14:00:00,BTC/USDT,true,1\n", "2:1: no time; "),
            (header + "2024-01-01T14:03:00Z,BTC/USDT,true,1\n", "2:1: the time is no full hour"),
            (header + "2024-01-01,BTCUSDT,true,1\n", "2:12: no pair such as BTC/USDT"), (header + "2024-01-01,btc/usdt,true,1\n", "2:12: no pair"),
            (header + "2024-01-01,BTC/USDT,yes,1\n", "2:21: agreed is not true or false"), (header + "2024-01-01,BTC/USDT,True,1\n", "2:21: agreed"),
            (header + "2024-01-01,BTC/USDT,true,\n", "2:26: the conviction is no decimal number from 0 to 1"),
            (header + "2024-01-01,BTC/USDT,true,1.01\n", "2:26: the conviction"),
            (header + "2024-01-01,BTC/USDT,true,-0.1\n", "2:26: the conviction"),
            (header + "2024-01-01,BTC/USDT,true,70 %\n", "2:26: the conviction"),
            (
                header + "2024-01-01,BTC/USDT,true,1\n2024-01-01,ETH/USDT,true,1\n1704067200000,BTC/USDT,false,0\n",
                "4:1: a second answer about BTC/USDT at this hour; the first is in line 2"
            )
        ])
    func bad(_ text: String, _ words: String) {
        let fault = #expect(throws: TextFault.self) { try read(text) }
        #expect(fault?.description.hasPrefix(words) == true, "\(String(describing: fault))")
    }

    @Test(
        "a text of two bytes a character is named, not taken for a wrong header",
        arguments: [[0xFF, 0xFE, 0x74, 0x00], [0xFE, 0xFF, 0x00, 0x74]] as [[UInt8]])
    func wideText(_ bytes: [UInt8]) {
        let reason = "1:1: the file is UTF-16 text; save it as UTF-8"
        #expect((#expect(throws: TextFault.self) { try RecordedAnswer.read(csv: bytes) })?.description == reason)
        #expect((#expect(throws: TextFault.self) { try ReturnSeries(csv: bytes) })?.description == reason)
    }

    @Test("bytes that are no text are refused where they stand")
    func noText() {
        let fault = #expect(throws: TextFault.self) {
            try RecordedAnswer.read(csv: Array((header + "2024-01-01,BTC/").utf8) + [0xFF, 0x00] + Array(",true,1\n".utf8))
        }
        #expect(fault?.line == 2 && fault?.column == 12)
    }
}
