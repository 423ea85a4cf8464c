// The shortlist: all of it is right, or none of it is used.
import Testing

@testable import Analysis

private let offered = ["BTC/USDT", "ETH/USDT", "SOL/USDT"]
private func pick(_ symbol: String, _ confidence: String = "0.7") -> String {
    "{\"symbol\":\"\(symbol)\",\"confidence\":\(confidence),\"reason\":\"up\"}"
}

@Suite("Shortlist answers")
struct ShortlistAnswerTests {
    @Test("picks keep their order and take the offered spelling")
    func picks() throws {
        let answer = try AnswerParser.shortlist("Here:\n{\"picks\":[\(pick("eth")),\(pick("BTCUSDT", "\"82%\"")),]}", offered: offered).get()
        #expect(
            answer.acceptedJSON
                == #"{"picks":[{"symbol":"ETH/USDT","confidence":0.7,"reason":"up"},{"symbol":"BTC/USDT","confidence":0.82,"reason":"up"}]}"#)
        #expect(answer.repairs == [.prose, .trailingComma, .symbolSpelling, .confidenceForm])
    }

    @Test(
        "nothing to buy is a good answer",
        arguments: ["{\"picks\":[]}", "```\n{picks:[]}\n```", "{\"result\":{\"picks\":[]}}", "\"{\\\"picks\\\":[]}\"", "{\"picks\":[]}{\"picks\":[]}"]
    )
    func empty(_ text: String) throws { #expect(try AnswerParser.shortlist(text, offered: offered).get().picks.isEmpty) }

    @Test(
        "one bad pick rejects the whole answer",
        arguments: [
            ("{\"picks\":[\(pick("BTCUSDT")),\(pick("DOGEUSDT"))]}", .unofferedSymbol),
            ("{\"picks\":[\(pick("BTCUSDT")),\(pick("btc"))]}", .repeatedPick),
            ("{\"picks\":[\(pick("BTCUSDT")),\(pick("ETHUSDT", "1.5"))]}", .badConfidence), ("{\"picks\":[\"BTCUSDT\"]}", .badPicks),
            ("{\"picks\":\"BTCUSDT\"}", .badPicks),
            ("{\"picks\":null}", .badPicks), ("{\"picks\":[{\"symbol\":\"BTCUSDT\"}]}", .missingField),
            ("{\"picks\":[\(pick("BTCUSDT"))", .truncated), ("[\(pick("BTCUSDT"))]", .nothingFound),
            ("{\"picks\":[]} {\"picks\":[\(pick("BTCUSDT"))]}", .conflictingObjects),
            ("{\"picks\":[],\"picks\":[\(pick("BTCUSDT"))]}", .conflictingKeys),
            ("{\"picks\":[{\"symbol\":\"BTCUSDT\",\"symbol\":\"ETHUSDT\",\"confidence\":1}]}", .conflictingKeys),
            ("{\"data\":{\"result\":{\"output\":{\"picks\":[]}}}}", .nothingFound)
        ] as [(String, AnswerRejection.Code)])
    func refused(_ text: String, _ expected: AnswerRejection.Code) {
        #expect(AnswerParser.shortlist(text, offered: offered) == .failure(AnswerRejection(expected)))
    }

    @Test("eight picks are the most")
    func most() {
        let names = (1...9).map { "C\($0)/USDT" }
        func text(_ count: Int) -> String { "{\"picks\":[" + names.prefix(count).map { pick($0) }.joined(separator: ",") + "]}" }
        #expect((try? AnswerParser.shortlist(text(8), offered: names).get())?.picks.count == 8)
        #expect(AnswerParser.shortlist(text(9), offered: names) == .failure(AnswerRejection(.tooManyPicks)))
    }
}
