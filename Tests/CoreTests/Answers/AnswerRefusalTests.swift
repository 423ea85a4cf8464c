// What no repair may touch: every row here must end as "hold", with the reason named.
import Testing

@testable import Analysis
@testable import Kernel

private let buy = #"{"action":"buy","symbol":"BTCUSDT","confidence":0.7}"#
private let plain = #""action":"buy","symbol":"BTCUSDT","confidence":0.7"#

private func code(_ text: String, _ offered: [String] = ["BTCUSDT", "ETHUSDT"]) -> AnswerRejection.Code? {
    switch decision(text, offered) {
    case .success: nil
    case .failure(let rejection): rejection.code
    }
}

@Suite("Answers that are refused")
struct AnswerRefusalTests {
    @Test(
        "F080_malformedAnswer: damage is never mended by a guess",
        arguments: [
            ("", .nothingFound), ("   ", .nothingFound), ("null", .nothingFound), ("{}", .nothingFound), ("[[\(buy)]]", .nothingFound),
            ("buy BTCUSDT 0.7", .nothingFound), ("action: buy\nsymbol: BTCUSDT\nconfidence: 0.7", .nothingFound),
            ("{\(plain)", .truncated), ("[\(buy)", .truncated), ("{\"decision\":\(buy)", .truncated), ("\(buy) {\"action\":\"se", .truncated),
            ("{\"example\":\(buy)", .truncated), ("{\(plain),\"reason\":\"and th", .truncated), ("{\(plain), /* and", .truncated),
            ("{\(plain),\"reason\":\"\\u00", .truncated), ("{\(plain),\"stop_loss\":", .truncated), ("{\(plain),\"x\":tr", .truncated),
            ("\(plain)}", .nothingFound), ("{\"action\":\"buy\" \"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .malformed),
            ("{,\(plain)}", .nothingFound), ("{\(plain),,}", .malformed),
            ("{\"action\"=\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .nothingFound),
            ("{\(plain),\"reason\":\"a \"quoted\" word\"}", .malformed), ("{\(plain),\"reason\":'it's'}", .malformed),
            ("{\(plain),\"reason\":“the “old” high”}", .malformed),
            ("{\(plain),\"reason\":\"\\x41\"}", .malformed), ("{\(plain),\"reason\":\"\\'\"}", .malformed),
            ("{\(plain),\"reason\":\"\\ud83d\"}", .malformed),
            ("{\(plain),\"reason\":\"\\ud83dx\"}", .malformed), ("{\(plain),\"reason\":\"\\ude80\\ud83d\"}", .malformed),
            ("{\(plain),\"reason\":\"\\u0000\"}", .nul),
            ("{\(plain),\"stop_loss\":64,000}", .malformed), ("{action:buy,symbol:BTCUSDT,confidence:0.7}", .malformed),
            ("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":82%}", .malformed), ("{\(plain)]", .malformed), ("(\(plain))", .nothingFound),
            ("{\\\"action\\\":\\\"buy\\\",\\\"symbol\\\":\\\"BTCUSDT\\\",\\\"confidence\\\":0.7}", .nothingFound),
            ("{\"example\":\(buy)}", .nothingFound), ("{\"data\":{\"result\":{\"output\":\(buy)}}}", .nothingFound),
            (
                "\"\\\"{\\\\\\\"action\\\\\\\":\\\\\\\"buy\\\\\\\",\\\\\\\"symbol\\\\\\\":\\\\\\\"BTCUSDT\\\\\\\","
                    + "\\\\\\\"confidence\\\\\\\":0.7}\\\"\"",
                .nothingFound
            ),
            (
                "{\"data\":\"{\\\"result\\\":\\\"{\\\\\\\"action\\\\\\\":\\\\\\\"buy\\\\\\\",\\\\\\\"symbol\\\\\\\":\\\\\\\"BTCUSDT\\\\\\\","
                    + "\\\\\\\"confidence\\\\\\\":0.7}\\\"}\"}",
                .nothingFound
            ),
            ("{&amp;quot;action&amp;quot;:&amp;quot;buy&amp;quot;}", .nothingFound),
            ("{\"reason\":\"{\\\"action\\\":\\\"buy\\\"}\"}", .missingField), ("\u{0}\(buy)", .nul),
            ("I'm sorry. {\"error\":\"refused\"}", .nothingFound)
        ] as [(String, AnswerRejection.Code)])
    func F080_malformedAnswer(_ text: String, _ expected: AnswerRejection.Code) { #expect(code(text) == expected) }

    @Test(
        "text of the transport is no answer",
        arguments: [
            "data: \(buy)\n\n", "event: message\ndata: \(buy)", "HTTP/1.1 200 OK\r\n\r\n\(buy)", "\(buy)\ndata: [DONE]", "id: 1\n\(buy)"
        ])
    func transport(_ text: String) { #expect(code(text) == .transport) }

    @Test(
        "two meanings are no meaning",
        arguments: [
            ("\(buy) {\"action\":\"sell\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .conflictingObjects),
            ("\(buy) {\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":0.8}", .conflictingObjects),
            ("\(buy) {\"action\":\"hold\",\"symbol\":\"BTCUSDT\"}", .conflictingObjects),
            ("\(buy) {\"action\":\"buy\",\"symbol\":\"DOGEUSDT\",\"confidence\":0.7}", .conflictingObjects),
            ("[\(buy),{\"action\":\"hold\",\"symbol\":\"ETHUSDT\",\"confidence\":0.4}]", .conflictingObjects),
            ("{\"result\":\(buy),\"output\":{\"action\":\"sell\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}}", .conflictingObjects),
            ("{\"result\":\(buy),\"result\":{\"action\":\"sell\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}}", .conflictingObjects),
            ("{\(plain),\"decision\":{\"action\":\"sell\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}}", .conflictingObjects),
            ("\(buy) {&quot;action&quot;:&quot;sell&quot;,&quot;symbol&quot;:&quot;BTCUSDT&quot;,&quot;confidence&quot;:0.7}", .conflictingObjects),
            ("{\"action\":\"hold\",\"Action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .conflictingKeys),
            ("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"symbol\":\"ETHUSDT\",\"confidence\":0.7}", .conflictingKeys),
            ("{\(plain),\"confidence\":0.9}", .conflictingKeys), ("{\(plain),\"stop_loss\":1,\"stop_loss\":2}", .conflictingKeys)
        ] as [(String, AnswerRejection.Code)])
    func conflicts(_ text: String, _ expected: AnswerRejection.Code) { #expect(code(text) == expected) }

    @Test(
        "F081_absurdAnswer: values outside their range are refused, not clamped",
        arguments: [
            "1.5", "1.0000000000001", "1.99", "100.5", "100.0000000000001", "101", "8200", "-0.2", "-1", "1e999", "true", "null", "{}", "[0.7]",
            "\"\"", "\"high\"", "\"~80%\"",
            "\"150%\"", "\"-5%\"", "\"70-80%\"", "\"0.7-0.8\"", "\"0.7 (high)\"", "\"7/10\"", "\"82 percent\"", "\"82%%\"", "\"%\"", "\"1,000\"",
            "\"8,200\"", "\"0.8,2\"", "\"NaN\"",
            "\"inf\"", "\"0x1\"", "\"1e\"", "\"٠.٧\"", "\"００\"", "\"00.7\"", "\"1.5\"", "\".\"", "\"0.\"", "\"--1\"", "\"0 .7\""
        ])
    func F081_absurdAnswer(_ text: String) {
        #expect(code("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":\(text)}") == .badConfidence)
    }

    @Test(
        "numbers JSON does not know are damage",
        arguments: ["NaN", "Infinity", "-Infinity", "0x1", "1_000", "1.", "00.7", "+", ".", "1e", "０.7", "undefined", "-inf"])
    func notNumbers(_ text: String) {
        #expect(code("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":\(text)}") == .malformed)
    }

    @Test(
        "a symbol is never guessed",
        arguments: [
            "", "*", "ALL", "BTCUSD", "BTCUSDC", "BTCUSDT.P", "BTC-PERP", "BTCUSDTPERP", "BTC/USDT:USDT", "BTC-USDT-SWAP", "Bitcoin", "ВТСUSDT",
            "ＢＴＣＵＳＤＴ", "BTC\u{200b}USDT",
            "BTCUSDT\u{feff}", "BTCUSDTBTCUSDT", "BTCUSDT,ETHUSDT", "BTC ETH", "BTC USDT", "BTC//USDT", "USDTBTC", "USDT/BTC", "USDT",
            "BTCUSDT; DROP TABLE orders", "../../etc/passwd", ":BTCUSDT",
            "A:B:BTCUSDT", "BINANCE:BTC", "DOGEUSDT", "$", "#BTC", "BTCUSDT!", "BTCUſDT", String(repeating: "B", count: 5_000)
        ])
    func symbols(_ text: String) {
        #expect(code("{\"action\":\"buy\",\"symbol\":\(JSONValue.string(text).written(.line)),\"confidence\":0.7}") == .unofferedSymbol)
    }

    @Test("a bare coin that two offered pairs share names neither")
    func ambiguous() {
        #expect(code("{\"action\":\"buy\",\"symbol\":\"BTC\",\"confidence\":0.7}", ["BTC/USDT", "BTC/EUR"]) == .unofferedSymbol)
        #expect(code("{\"action\":\"buy\",\"symbol\":\"BTC/EUR\",\"confidence\":0.7}", ["BTC/USDT", "BTC/EUR"]) == nil)
        #expect(code("{\"action\":\"buy\",\"symbol\":\"BTC\",\"confidence\":0.7}", ["BTC/USDT", "BTCUSDT"]) == nil)
        #expect(code(buy, []) == .unofferedSymbol)
        #expect(code("{\"action\":\"buy\",\"symbol\":\"ETHUSDT\",\"confidence\":0.7}", ["BTCUSDT"]) == .unofferedSymbol)
    }

    @Test(
        "an action is one of four words",
        arguments: [
            "", "long", "buy or hold", "buy/sell", "strong_buy", "withdraw", "buy.", "**buy**", "b\u{200b}uy", "bυy", "買入", "buy 🚀", "0", "ſell"
        ])
    func actions(_ text: String) {
        #expect(code("{\"action\":\(JSONValue.string(text).written(.line)),\"symbol\":\"BTCUSDT\",\"confidence\":0.7}") == .badAction)
    }

    @Test(
        "the other fields have types and ranges too",
        arguments: [
            ("\"stop_loss\":\"63,000\"", .badPrice), ("\"stop_loss\":\"63000~64000\"", .badPrice), ("\"stop_loss\":\"$63000\"", .badPrice),
            ("\"stop_loss\":0", .badPrice),
            ("\"stop_loss\":-5", .badPrice), ("\"take_profit\":\"\"", .badPrice), ("\"take_profit\":true", .badPrice),
            ("\"take_profit\":1e11", .badPrice), ("\"take_profit\":[1]", .badPrice),
            ("\"size_pct\":250", .badSize), ("\"size_pct\":0", .badSize), ("\"size_pct\":\"all\"", .badSize), ("\"size_pct\":\"-5%\"", .badSize),
            ("\"size_pct\":100.01", .badSize),
            ("\"reason\":5", .badReason), ("\"reason\":[\"a\"]", .badReason)
        ] as [(String, AnswerRejection.Code)])
    func fields(_ text: String, _ expected: AnswerRejection.Code) { #expect(code("{\(plain),\(text)}") == expected) }

    @Test(
        "types do not bend",
        arguments: [
            ("{\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .missingField), ("{\"action\":\"buy\",\"confidence\":0.7}", .missingField),
            ("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\"}", .missingField),
            ("{\"action\":[\"buy\"],\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", .badAction),
            ("{\"action\":\"buy\",\"symbol\":123,\"confidence\":0.7}", .badSymbol),
            ("{\"action\":\"buy\",\"symbol\":null,\"confidence\":0.7}", .badSymbol),
            ("{\"ticker\":\"BTCUSDT\",\"side\":\"buy\",\"score\":0.7}", .nothingFound)
        ] as [(String, AnswerRejection.Code)])
    func types(_ text: String, _ expected: AnswerRejection.Code) { #expect(code(text) == expected) }

    @Test("no sentence of a rejection repeats the answer")
    func sentences() {
        for code in AnswerRejection.Code.allCases { #expect(AnswerRejection(code).sentence.utf8.allSatisfy { $0 < 0x80 && $0 >= 0x20 }) }
    }
}
