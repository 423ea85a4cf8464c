// What an answer may look like and still be read, with the repair it is reported under.
import Kernel
import Testing

@testable import Analysis

private let buy = #"{"action":"buy","symbol":"BTCUSDT","confidence":0.7}"#
private let plain = #""action":"buy","symbol":"BTCUSDT","confidence":0.7"#

func decision(_ text: String, _ offered: [String] = ["BTCUSDT", "ETHUSDT"]) -> Result<DecisionAnswer, AnswerRejection> {
    AnswerParser.decision(text, offered: offered)
}

@Suite("Answers that are recovered")
struct AnswerRecoveryTests {
    @Test(
        "each allowed repair is made and named",
        arguments: [
            (buy, []),
            ("```json\n\(buy)\n```", [.fence]),
            ("~~~\n\(buy)", [.fence]),
            ("I looked at {BTC, ETH} and [news]:\n\(buy) and {that} is it }]", [.prose]),
            ("Weights {BTC: strong, ETH: weak}. \(buy)", [.prose]),
            ("```json \(buy) ```", [.fence]),
            ("\u{feff}\u{200b}{\u{200b}\(plain)\u{2060}}\u{200d}", [.zeroWidth]),
            ("{\(plain),}", [.trailingComma]),
            ("[\(buy),]", [.list, .trailingComma]),
            ("{'action':'buy','symbol':'BTCUSDT','confidence':0.7}", [.singleQuotes]),
            ("{“action”:“buy”,“symbol”:“BTCUSDT”,“confidence”:0.7}", [.smartQuotes]),
            ("{‘action’:‘buy’,‘symbol’:‘BTCUSDT’,‘confidence’:0.7}", [.smartQuotes]),
            ("｛＂action＂：＂buy＂，＂symbol＂：＂BTCUSDT＂，＂confidence＂：0.7｝", [.fullWidth]),
            ("{action:\"buy\",symbol:\"BTCUSDT\",confidence:0.7}", [.unquotedKey]),
            ("{ // first\n \"action\":\"buy\", /* then */ \"symbol\":\"BTCUSDT\", # last\n \"confidence\":0.7}", [.comment]),
            ("{\(plain),\"sure\":True,\"stop_loss\":None}", [.pythonLiteral]),
            ("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":+.7}", [.numberForm]),
            ("{\"Action\":\"buy\",\"SYMBOL\":\"BTCUSDT\",\"confidence\":0.7}", [.keySpelling]),
            ("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", [.repeatedKey]),
            ("{\"action\":\" Buy\\n\",\"symbol\":\"BTCUSDT\",\"confidence\":0.7}", [.actionSpelling]),
            ("{\"data\":{\"decision\":\(buy)}}", [.wrapper]),
            ("{\"decision\":[\(buy)]}", [.wrapper, .list]),
            ("{\"arguments\":\"{\\\"action\\\":\\\"buy\\\",\\\"symbol\\\":\\\"BTCUSDT\\\",\\\"confidence\\\":0.7}\"}", [.encodedText, .wrapper]),
            ("\"{\\\"action\\\":\\\"buy\\\",\\\"symbol\\\":\\\"BTCUSDT\\\",\\\"confidence\\\":0.7}\"", [.encodedText]),
            ("```json\n\"{\\n \\\"action\\\":\\\"buy\\\",\\\"symbol\\\":\\\"BTCUSDT\\\",\\\"confidence\\\":0.7}\"\n```", [.fence, .encodedText]),
            ("{&quot;action&quot;:&quot;buy&quot;,&#34;symbol&#34;:&#x22;BTCUSDT&#x22;,&quot;confidence&quot;:0.7}", [.entities]),
            ("\(buy)\n\(buy)", [.identicalCopies]),
            ("\(buy) {\"confidence\": 0.70, \"symbol\": \"BTC\", \"action\": \"BUY\"}", [.identicalCopies, .actionSpelling, .symbolSpelling]),
            ("{\"error\":\"none\"} \(buy)", []),
            ("Form: {\"action\":\"buy|sell|hold|close\",\"symbol\":\"...\",\"confidence\":\"0..1\"}\n\(buy)", [.prose]),
            ("<think>up or down? I do not know.</think>\(buy)", [.thoughts]),
            ("The answer is \"\(buy)\".", [.prose]),
            ("Data: RSI is 40.\n\(buy)", [.prose]),
            ("{\(plain),\"leverage\":50,\"x\":[{\"y\":1e999}],\"withdraw\":\"all\"}", [])
        ] as [(String, [AnswerRepair])])
    func repairs(_ text: String, _ expected: [AnswerRepair]) throws {
        let answer = try decision(text).get()
        #expect(answer.acceptedJSON == buy)
        #expect(answer.repairs == expected)
    }

    @Test(
        "a reason keeps what it says",
        arguments: [
            (#""up \ud83d\ude80 \u0041\/\"x\"""#, "up 🚀 A/\"x\""), ("\"two\nlines\tand “quotes”\"", "two\nlines\tand “quotes”"),
            ("“the \"old\" high”", "the \"old\" high"), (#"'it\'s up'"#, "it's up"), (#""""#, ""), ("\"zero\u{200b}width\"", "zero\u{200b}width"),
            ("\"a } in { it, // no comment\"", "a } in { it, // no comment"), ("&quot;R&amp;D &lt;b&gt;&quot;", "R&D <b>"),
            ("\"R&amp;D\"", "R&amp;D")
        ])
    func reasons(_ text: String, _ expected: String) throws {
        #expect(try decision("{\(plain),\"reason\":\(text)}").get().reason == expected)
    }

    @Test("a reason is cut at 1000 characters, not refused")
    func longReason() throws {
        let answer = try decision("{\(plain),\"reason\":\"\(String(repeating: "é🚀", count: 900))\"}").get()
        #expect(answer.reason?.unicodeScalars.count == 1000)
        #expect(answer.repairs == [.reasonCut])
    }

    @Test(
        "a confidence is read by the one rule",
        arguments: [
            ("0", "0"), ("1", "1"), ("1.0", "1"), ("0.5", "0.5"), ("2", "0.02"), ("82", "0.82"), ("100", "1"), ("8.2e1", "0.82"), ("5E-1", "0.5"),
            ("\"82%\"", "0.82"), ("\"82 %\"", "0.82"), ("\"82％\"", "0.82"), ("\"1%\"", "0.01"), ("\"0.5%\"", "0.005"), ("\"82,5%\"", "0.825"),
            ("\"0,82\"", "0.82"), ("\"0,825\"", "0.825"), ("\"82\"", "0.82"), ("\"+.5\"", "0.5"), ("\" 0.5 \"", "0.5"), ("\"100 %\"", "1"),
            ("\"0%\"", "0"),
            ("0.8200000000000001", "0.82"), ("0.30000000000000004", "0.3")
        ])
    func confidences(_ text: String, _ expected: String) throws {
        let answer = try decision("{\"action\":\"buy\",\"symbol\":\"BTCUSDT\",\"confidence\":\(text)}").get()
        #expect(answer.confidence.description == expected)
    }

    @Test(
        "a symbol comes out as it was offered",
        arguments: [
            "BTCUSDT", "btcusdt", "BTC/USDT", "btc-usdt", "BTC_USDT", "BTC", "btc", " BTCUSDT\u{a0}", "BINANCE:BTCUSDT", "okx:BTC-USDT", "$BTC",
            "$BTCUSDT"
        ], [["BTCUSDT"], ["ETH/USDT", "BTC/USDT"], ["btc_usdt"]])
    func symbols(_ text: String, _ offered: [String]) throws {
        let answer = try decision("{\"action\":\"buy\",\"symbol\":\"\(text)\",\"confidence\":0.7}", offered).get()
        #expect(answer.symbol == offered.last)
    }

    @Test(
        "stops, targets and sizes become exact texts",
        arguments: [
            ("\"stop_loss\":63000", #""stop_loss":"63000""#), ("\"stop_loss\":\"63000.50\"", #""stop_loss":"63000.5""#),
            ("\"take_profit\":6.4e4", #""take_profit":"64000""#), ("\"stop_loss\":null,\"size_pct\":\"5 %\"", #""size_pct":"5""#),
            ("\"size_pct\":100", #""size_pct":"100""#), ("\"size_pct\":\".5\"", #""size_pct":"0.5""#)
        ])
    func decimals(_ text: String, _ expected: String) throws {
        #expect(try decision("{\(plain),\(text)}").get().acceptedJSON == "{\(plain),\(expected)}")
    }
}
