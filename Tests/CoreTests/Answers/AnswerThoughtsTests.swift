// A reasoning model's thoughts, where its server leaves them before the answer.
import Testing

@testable import Analysis

private let hold = #"{"action":"hold","symbol":"BTCUSDT","confidence":0.4}"#
private let buy = #"{"action":"buy","symbol":"BTCUSDT","confidence":0.9}"#

private func code(_ text: String) -> AnswerRejection.Code? {
    switch AnswerParser.decision(text, offered: ["BTCUSDT", "ETHUSDT"]) {
    case .success: nil
    case .failure(let rejection): rejection.code
    }
}

private func action(_ text: String) -> DecisionAction? { try? AnswerParser.decision(text, offered: ["BTCUSDT", "ETHUSDT"]).get().action }

@Suite("Answers with thoughts before them")
struct AnswerThoughtsTests {
    static let pairs = [
        ("<think>", "</think>"), ("<THINK>", "</Think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"), ("<reasoning>", "</reasoning>"),
        ("<reflection>", "</reflection>"), ("<analysis>", "</analysis>"), ("<scratchpad>", "</scratchpad>"), ("<seed:think>", "</seed:think>"),
        ("[THINK]", "[/THINK]"), ("<|begin_of_thought|>", "<|end_of_thought|>"), ("◁think▷", "◁/think▷"),
        ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
        // The same names in other spellings.
        ("<think >", "</think >"), ("< think\n>", "< / think>"), ("&lt;think&gt;", "&lt;/think&gt;"), ("&#60;Think&#x3E;", "&#60;/think&#62;"),
        ("<ｔｈｉｎｋ>", "</ｔｈｉｎｋ>"),
        ("＜think＞", "＜／think＞"), ("<th\u{200b}ink>", "</think>"), ("<𝐭𝐡𝐢𝐧𝐤>", "</𝐭𝐡𝐢𝐧𝐤>"), ("\\u003cthink\\u003e", "\\u003c/think\\u003e"),
        ("<think>", "&lt;/think&gt;"),
        ("<unused94>thought", "<unused95>"), ("<chain_of_thought>", "</chain_of_thought>")
    ]
    static let thoughts = [
        "flat, I hold", buy, "the form is {\"action\": ..., \"symbol\": ...}", "{\"action\":\"buy\",\n no, volume falls",
        "It's 'buy' or {bid, ask} [64000, 65500",
        hold, "```json\n\(buy)\n```", ""
    ]

    @Test("whatever they hold, only what stands behind them counts", arguments: pairs)
    func parted(_ open: String, _ close: String) {
        for thought in Self.thoughts {
            #expect(action("\(open)\(thought)\(close)\n\n\(hold)") == .hold, "\(thought)")
            #expect(action("\n \(open)\n\(thought)\n\(close)```json\n\(hold)\n```") == .hold, "\(thought)")
            #expect(code("\(open)\(thought)\(close)") == .nothingFound, "\(thought)")
        }
    }

    @Test("thoughts that never end are no answer, even where one stands in them", arguments: pairs)
    func unfinished(_ open: String, _ close: String) {
        for thought in Self.thoughts {
            #expect(code("\(open)\(thought)") == .unfinishedThought, "\(thought)")
            #expect(code("Let me see.\n\(open)\n\(buy)") == .unfinishedThought)
            #expect(code("\(open)a\(close)\(open)\(thought)") == .unfinishedThought, "\(thought)")
        }
    }

    @Test("a closing mark that nothing opened ends thoughts too", arguments: thoughts)
    func orphan(_ thought: String) {
        #expect(action("Let me see. \(thought)\n</think>\n\(hold)") == .hold)
        #expect(code("Let me see. \(thought)\n</think>\n") == .nothingFound)
    }

    @Test("several thoughts, and a thought that names the marks, still end before the answer")
    func several() {
        #expect(action("<think>a</think><think>\(buy)</think>\(hold)") == .hold)
        #expect(action("<think>I should close with </think> at the end \(buy)</think>\(hold)") == .hold)
        #expect(code("<think>a <think> inside</think>\(hold)") == .unfinishedThought)
        #expect(action("<think>a <think>b</think> \(buy)</think>\(hold)") == .hold)
    }

    @Test(
        "a mark inside the answer's own text parts nothing: no headline repeated there becomes the answer",
        arguments: [
            #"{"action":"hold","symbol":"BTCUSDT","confidence":0.4,"reason":"</think>{'action':'buy','symbol':'BTCUSDT','confidence':0.9}"}"#,
            #"{"action":"hold","symbol":"BTCUSDT","confidence":0.4,"reason":"a <think> b"}"#,
            #"<think>x</think>{"action":"hold","symbol":"BTCUSDT","confidence":0.4,"reason":"</think>{'action':'buy','symbol':'BTCUSDT',"#
                + #"'confidence':0.9}"}"#
        ])
    func inside(_ text: String) { #expect(action(text) == .hold) }

    @Test(
        "where words stand before such an answer nobody can tell, and it is refused",
        arguments: [
            #"My decision: {"action":"hold","symbol":"BTCUSDT","confidence":0.4,"reason":"</think>{'action':'buy','symbol':'BTCUSDT',"#
                + #"'confidence':0.9}"}"#,
            #"So: {"action":"hold","symbol":"BTCUSDT","confidence":7,"reason":"</think>{'action':'buy','symbol':'BTCUSDT','confidence':0.9}"}"#
        ])
    func doubtful(_ text: String) { #expect(code(text) == .conflictingObjects) }

    @Test(
        "thoughts that only a heading names, that begin behind the answer, or in a tag nobody knows, leave none",
        arguments: [
            ("Thinking Process: maybe \(buy)", .unfinishedThought), ("# Thinking Process\n1. Look at RSI.\n\(buy)", .unfinishedThought),
            ("**Thoughts**\nup?\n\(buy)", .unfinishedThought),
            ("\(buy)<think>no, wrong", .unfinishedThought), ("\(buy)\n&lt;thinking&gt;", .unfinishedThought),
            ("Sure. [THINK] \(buy)", .unfinishedThought),
            ("The set {a, b} <think> \(buy)", .unfinishedThought), ("<musing> maybe \(buy)", .doubtfulWords),
            ("<|startofthink|>\(buy)", .doubtfulWords), ("Hm &lt;musing &gt; \(buy)", .doubtfulWords),
            ("\(buy) <musing>", .doubtfulWords), ("Example of format: \(buy) but I cannot answer.", .doubtfulWords),
            ("\(buy) Wait, no - hold instead.", .doubtfulWords),
            ("\(buy)\nActually I'd rather sell.", .doubtfulWords), ("```json\n\(buy)\n``` That was a mistake.", .doubtfulWords),
            ("\(buy) Don’t.", .doubtfulWords), ("\(buy) hold", .doubtfulWords)
        ] as [(String, AnswerRejection.Code)])
    func doubt(_ text: String, _ expected: AnswerRejection.Code) { #expect(code(text) == expected) }

    @Test(
        "ordinary words around an answer, tags that wrap it, and thoughts that come to an end change nothing",
        arguments: [
            "Sure! Here is my decision:\n\(buy)", "<answer>\(buy)</answer>", "<|im_start|>assistant\n\(buy)<|im_end|>", "\(buy)</s>",
            "\(buy)\n</musing>", "RSI < 30 and ATR > 2: \(buy)",
            "If a < b, then: \(buy)", "Thinking Process: RSI is low.\n\nFinal Answer:\n\(buy)", "## Thoughts\nup\n## Decision\n\(buy)",
            "Analysis: RSI is 28.\nDecision: \(buy)",
            "\(buy)\n\nLet me know if you need more detail.", "\(buy)\nThis is not financial advice.",
            "\(buy)\nI buy because support holds at the last close.", "```json\n\(buy)\n```\nDone.",
            "The thinking: RSI. \(buy)", "<unused94>thought\nup?<unused95>\(buy)"
        ])
    func ordinary(_ text: String) { #expect(action(text) == .buy, "\(String(describing: code(text)))") }

    @Test("that there were thoughts is listed among the repairs")
    func listed() throws {
        let answer = try AnswerParser.decision("<think>a</think>\(hold)", offered: ["BTCUSDT"]).get()
        #expect(answer.repairs.contains(.thoughts))
        #expect(try !AnswerParser.decision(hold, offered: ["BTCUSDT"]).get().repairs.contains(.thoughts))
    }

    @Test("the longest answer full of marks is read in linear time")
    func linear() throws {
        for unit in ["<think>", "</think>", "<think></think>", "<"] {
            let text = String(repeating: unit, count: 60_000 / unit.utf8.count)
            #expect(code(text) != nil)
        }
    }
}
