// The corpus of answers that break parsers, line by line, when the reference material is there.
import Foundation
import Testing

@testable import Analysis

struct CorpusAnswer: Sendable, CustomTestStringConvertible {
    let id: String
    let kind: String
    let text: String
    let recovers: Bool
    /// The expected object, as sorted JSON text.
    let expected: String?
    var testDescription: String { "\(id) \(kind)" }

    static let all: [CorpusAnswer] = SharedFiles.objects("corpora/llm_failures.jsonl").compactMap { line in
        guard let id = line["id"] as? String, let kind = line["kind"] as? String, let text = line["text"] as? String else { return nil }
        return CorpusAnswer(
            id: id, kind: kind, text: text, recovers: line["expect"] as? String == "recover",
            expected: (line["expected_json"] as? [String: Any]).flatMap(canonical))
    }

    static func canonical(_ object: Any) -> String? {
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite("Answers of the corpus", .enabled(if: SharedFiles.root != nil, "the reference material is not there"))
struct AnswerCorpusTests {
    static let session = ["BTCUSDT", "ETHUSDT", "SOLUSDT"]

    @Test("every line is recovered or refused as the contract says", arguments: CorpusAnswer.all)
    func line(_ answer: CorpusAnswer) throws {
        // A call asks about one symbol; the other recoveries speak of the symbol they name.
        let asked = answer.id == "F192" || !answer.text.contains("ETHUSDT") || !answer.recovers ? ["BTCUSDT"] : ["ETHUSDT"]
        for offered in answer.id == "F192" ? [asked] : [asked, Self.session] {
            switch AnswerParser.decision(answer.text, offered: offered) {
            case .success(let decision):
                #expect(answer.recovers, "\(decision.acceptedJSON) \(decision.repairs)")
                let object = try JSONSerialization.jsonObject(with: Data(decision.acceptedJSON.utf8))
                #expect(CorpusAnswer.canonical(object) == answer.expected)
            case .failure(let rejection):
                #expect(!answer.recovers, "\(rejection)")
            }
        }
    }

    @Test("the corpus is there in full") func count() { #expect(CorpusAnswer.all.count == 115) }

    @Test("no line takes more steps than its length allows", arguments: CorpusAnswer.all)
    func steps(_ answer: CorpusAnswer) throws {
        guard let reading = try? AnswerReading(Array(answer.text.utf8), fieldKeys: AnswerParser.decisionFields) else { return }
        #expect(reading.steps <= 3 * answer.text.utf8.count + 64)
    }
}
