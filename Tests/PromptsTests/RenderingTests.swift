// What a rendered prompt says: the right numbers, in the stated order, in blocks that read back.
import Foundation
import Kernel
import Testing

@testable import Prompts

@Suite("Rendering")
struct RenderingTests {
    @Test("a shortlist sees every instrument, no candles, and its costs")
    func shortlist() throws {
        let inputs = PromptInputs(try Fixture.snapshot(sentiment: 40), quote: .usdt, baseRates: [Fixture.btc: 0.48])
        let rendered = try Fixture.prompt("candidates").render(inputs, digest: Fixture.digest)
        let rows = try #require(try Fixture.block("instruments", in: rendered) as? [[String: Any]])
        #expect(rows.map { $0["symbol"] as? String } == ["BTC/USDT", "ETH/USDT"])
        #expect(inputs.offered == ["BTC/USDT", "ETH/USDT"])
        #expect(rows[0]["firstTargetBeforeStopPercent"] as? Double == 48)
        #expect(rows[1]["firstTargetBeforeStopPercent"] is NSNull)
        #expect(rows[0]["change24hPercent"] as? Double == 1.23)
        #expect(rows[0]["quoteVolume24h"] as? Int == 123_456_789)
        #expect(rows[0]["return1hPercent"] as? Double == -0.5)
        #expect(rendered.blocks.map(\.name) == ["instruments", "sentiment"])
        #expect(rendered.user.contains("It is 2026-01-05T14:00:00Z (UTC). 2 instruments"))
        #expect(rendered.user.contains("stop at -3 %; targets at +3, 5, 8 %"))
        #expect(rendered.user.contains("costs about 0.4 % of what is traded"))
        #expect(!rendered.user.contains("Headlines"))
    }

    @Test("a decision sees its own instrument, 48 candles, oldest first")
    func decision() throws {
        let inputs = PromptInputs(try Fixture.snapshot(), quote: .usdt, symbol: Fixture.eth)
        let rendered = try Fixture.prompt("technical").render(inputs, digest: Fixture.digest)
        let candles = try #require(try Fixture.block("candles", in: rendered) as? [String: Any])
        let rows = try #require(candles["rows"] as? [[Any]])
        let times = rows.compactMap { $0.first as? String }
        #expect(rows.count == 48 && times == times.sorted() && times.last == "2026-01-05T13:00:00Z")
        #expect(try #require(try Fixture.block("instrument", in: rendered) as? [String: Any])["symbol"] as? String == "ETH/USDT")
        #expect(!rendered.text.contains("BTC/USDT,"))
        #expect(inputs.offered == ["ETH/USDT"])
    }

    @Test("too short a history is null, not a guess")
    func shortHistory() throws {
        let view = try Fixture.view(Fixture.btc, hours: 3)
        let facts = InstrumentFacts(view)
        #expect(facts.returns[0] != nil && facts.returns[1] == nil && facts.volatility == nil && facts.rsi == nil && facts.fromMean == [nil, nil])
        #expect(InstrumentFacts(try Fixture.view(Fixture.btc, hours: 0 + 1)).json.written(.prompt).contains("\"rsi14\":null"))
    }

    @Test("headlines: the newest twenty, oldest first, with their age")
    func newsOrder() throws {
        let news = (0..<30).map { Fixture.headline("Title \($0)", id: "\($0)", minutes: $0 * 10) }
        let rendered = try Fixture.prompt("candidates").render(PromptInputs(try Fixture.snapshot(news: news), quote: .usdt), digest: Fixture.digest)
        let items = try #require(try Fixture.block("news", in: rendered) as? [[String: Any]])
        #expect(items.map { $0["title"] as? String } == (0..<20).reversed().map { "Title \($0)" })
        #expect(items.map { $0["ageMinutes"] as? Int } == (0..<20).reversed().map { $0 * 10 })
    }

    @Test(
        "a number is written plainly",
        arguments: [
            (0.0, "0"), (-0.001, "0"), (1.0, "1"), (-12.346, "-12.35"), (0.1, "0.1"), (.nan, "null"), (.infinity, "null"), (1e300, "null"),
            (123456.789, "123456.79")
        ])
    func numbers(_ value: Double, _ text: String) { #expect(JSONValue.number(value, places: 2).written(.prompt) == text) }

    @Test(
        "a text in a block can end nothing",
        arguments: [
            ("a\"b\\c", #""a\"b\\c""#), ("<<<END news>>>", #""\u003c\u003c\u003cEND news\u003e\u003e\u003e""#),
            ("{{x}}", #""\u007b\u007bx\u007d\u007d""#),
            ("\n\u{2028}\u{202e}\u{200b}\u{e0041}", #""\u000a\u2028\u202e\u200b\udb40\udc41""#), ("é買🚀", "\"é買🚀\""), ("`&", #""\u0060\u0026""#)
        ])
    func quoting(_ text: String, _ json: String) throws {
        #expect(JSONValue.string(text).written(.prompt) == json)
        #expect(try Fixture.json(json) as? String == text)
    }

    @Test("braces that are no tags are text", arguments: ["{", "a { b } c", "}}", "{\"a\": {\"b\": 1}}", "{ {", "{{! a note }}"])
    func braces(_ text: String) throws {
        let front = "---\nrole: voter\nasks: decision\nschema: decision\ninputs: [symbol]\nbudget: {outputTokens: 50, usd: 0.01}\ndeadline: 9\n---\n"
        let prompt = try #require(PromptParser.parse(front + "=== user ===\n{{symbol}} " + text, file: "x.md").prompt)
        let rendered = prompt.render(PromptInputs(try Fixture.snapshot(), quote: .usdt, symbol: Fixture.btc), digest: Fixture.digest)
        #expect(rendered.user == "BTC/USDT " + (text.hasPrefix("{{!") ? "" : text) + "\n")
        #expect(rendered.system.isEmpty)
    }

    @Test("blocks read back, and a torn one is noticed")
    func blocks() throws {
        let block = DataBlock("news", .list([.list(["a"]), .list(["b"])]), digest: Fixture.digest)
        #expect(DataBlock.blocks(in: "x\n\(block.text)\ny") == [block])
        #expect(block.hash.count == 16)
        #expect(DataBlock.blocks(in: block.text.replacingOccurrences(of: "<<<END", with: "END")) == nil)
        #expect(DataBlock.blocks(in: block.text + "\n<<<END news 0>>>") == nil)
    }
}
