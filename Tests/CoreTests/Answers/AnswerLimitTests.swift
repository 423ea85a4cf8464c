// The caps hold at their edge and one past it, and no text, however made, costs more than linear time.
import Kernel
import Testing

@testable import Analysis

private let plain = #""action":"buy","symbol":"BTCUSDT","confidence":0.7"#
private let buy = "{\(plain)}"

private func code(_ text: String) -> AnswerRejection.Code? {
    if case .failure(let rejection) = decision(text) { rejection.code } else { nil }
}

@Suite("Limits of an answer")
struct AnswerLimitTests {
    @Test("64 KB, 32 levels and 64 keys are the last that pass")
    func edges() {
        #expect(code(buy + String(repeating: " ", count: 65_536 - buy.utf8.count)) == nil)
        #expect(code(buy + String(repeating: " ", count: 65_537 - buy.utf8.count)) == .tooLarge)
        func nested(_ depth: Int) -> String { "{\(plain),\"x\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}" }
        #expect(code(nested(31)) == nil)
        #expect(code(nested(32)) == .tooDeep)
        func wide(_ keys: Int) -> String { "{\(plain)" + (3..<keys).map { ",\"k\($0)\":\($0)" }.joined() + "}" }
        #expect(code(wide(64)) == nil)
        #expect(code(wide(65)) == .tooManyKeys)
        #expect(code(String(repeating: "[", count: 20_000)) == .tooDeep)
        #expect(code(String(repeating: "{\"a\":", count: 10_000)) == .tooDeep)
    }

    @Test("bytes that are no UTF-8 are refused", arguments: [[0xff], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func unicode(_ bytes: [UInt8]) {
        let result = AnswerParser.decision(utf8: Array("{\(plain),\"reason\":\"".utf8) + bytes + Array("\"}".utf8), offered: ["BTCUSDT"])
        #expect(result == .failure(AnswerRejection(.notUnicode)))
    }

    @Test(
        "texts built to be slow stay within their steps",
        arguments: [
            "{/*", "{“", "{\"", "{'", "\"{", "“{ ", "'", "{&quot;", "[\"", "{x", "{x:", "[1,", "{}", "[]", "[{},", "{a:{", "`", "&quot;{", "\\", "{#",
            "{//\n", "[{a:1}", "{a:1}", "{a:b}", "（{", "]", "}", "{\"a\":\"\\u", "' {",
            "{a:1,\"\u{feff}", "{a: /* */ ", "[+.", "\u{200b}{"
        ])
    func tangled(_ unit: String) {
        for length in [5_000, 60_000] {
            let text = String(repeating: unit, count: length / unit.utf8.count)
            for candidate in [text, text + buy, buy + text] {
                guard let reading = try? AnswerReading(Array(candidate.utf8), fieldKeys: AnswerParser.decisionFields) else { continue }
                #expect(reading.steps <= TolerantReader.stepLimit(candidate.utf8.count))
            }
        }
    }

    @Test("over seeds: mutated answers never trap, and what is accepted is what the schema allows")
    func F080_fuzz() {
        let seeds = [
            buy, "```json\n{'action': 'Sell', symbol: “ETHUSDT”, \"confidence\": \"82 %\", \"reason\": \"x\\u0041\",}\n```",
            "{\"data\":{\"decision\":[{\"action\":\"hold\",\"symbol\":\"BTC\",\"confidence\":.5,\"stop_loss\":\"5e1\"}]}}",
            "\"{\\\"action\\\":\\\"buy\\\",\\\"symbol\\\":\\\"BTCUSDT\\\",\\\"confidence\\\":1}\"",
            "{&quot;action&quot;:&quot;close&quot;,&quot;symbol&quot;:&quot;$ETH&quot;,&quot;confidence&quot;:1}"
        ].map { Array($0.utf8) }
        let spice = Array("{}[]\":,'\\\u{201c}\u{201d}\u{ff5b}\u{ff02}0123456789.-+eE%NaN/*#\n\u{0}\u{200b}&quot;BTC".utf8)
        var chance = SplitMix64(seed: 20_260_105)
        var accepted = 0
        for round in 0..<8_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<(1 + chance.below(4)) {
                let at = chance.below(bytes.count)
                switch chance.below(5) {
                case 0: bytes[at] = spice[chance.below(spice.count)]
                case 1: bytes.insert(spice[chance.below(spice.count)], at: at)
                case 2: if bytes.count > 1 { bytes.remove(at: at) }
                case 3: bytes += seeds[chance.below(seeds.count)][...]
                default: bytes.replaceSubrange(at..<min(at + 8, bytes.count), with: bytes[0..<min(4, bytes.count)])
                }
            }
            if case .success(let answer) = AnswerParser.decision(utf8: bytes, offered: ["BTCUSDT", "ETHUSDT"]) {
                accepted += 1
                #expect(["BTCUSDT", "ETHUSDT"].contains(answer.symbol))
                #expect(answer.confidence >= .zero && answer.confidence <= .one)
                // What was accepted is accepted again, unchanged and without any repair.
                let again = AnswerParser.decision(answer.acceptedJSON, offered: ["BTCUSDT", "ETHUSDT"])
                #expect((try? again.get())?.acceptedJSON == answer.acceptedJSON)
                #expect((try? again.get())?.repairs == [])
            }
            _ = AnswerParser.shortlist(utf8: bytes, offered: ["BTCUSDT"])
        }
        #expect(accepted > 400 && accepted < 7_600)
    }
}
