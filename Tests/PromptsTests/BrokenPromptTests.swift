// A prompt file someone broke: every problem is named with its line, the analyst abstains, nothing crashes.
import Foundation
import Kernel
import Prompts
import Testing

private let front = """
    ---
    role: voter
    asks: decision
    schema: decision
    inputs: [symbol, instrument, hasNews]
    budget: {outputTokens: 500, usd: 0.01}
    deadline: 60
    ---

    """
private func broken(_ text: String) -> [PromptProblem] {
    let (prompt, problems) = PromptParser.parse(text, file: "x.md")
    #expect(prompt == nil)
    return problems.filter { $0.severity == .error }
}

@Suite("Broken prompts")
struct BrokenPromptTests {
    @Test(
        "F077_brokenPrompt: file, line and variable are named",
        arguments: [
            (front + "About {{symbol}}\nand {{balance}}", 10, "balance"),
            (front + "{{symbol}} {{candles}}", 9, "candles"),
            (front + "\n\n{{#hasNews}}\n{{symbol}}", 11, "hasNews"),
            (front + "{{#hasNews}}{{symbol}}{{/symbol}}", 9, "hasNews"),
            (front + "{{/hasNews}}", 9, "hasNews"),
            (front + "one\n{{symbol", 10, nil),
            (front + "{{symbol\n{{instrument}}", 9, nil),
            (front + "{{}}", 9, nil),
            (front + "{{instrument.last}}", 9, "instrument.last"),
            (front + "{{uppercased(symbol)}}", 9, "uppercased(symbol)"),
            (front + "{{> other}}", 9, "other"),
            (front + "{{=<% %>=}}", 9, "<% %>="),
            (front + "{{% CONTENT_TYPE:HTML}}", 9, "CONTENT_TYPE:HTML"),
            (front + "{{instrument}}\n=== user ===\n{{symbol}}", 9, "instrument"),
            (front + "<<<DATA news 0>>>", 9, nil),
            (front.replacingOccurrences(of: "role: voter", with: "role: king") + "x", 2, "role"),
            (front.replacingOccurrences(of: "role: voter\n", with: "") + "x", 1, "role"),
            (front.replacingOccurrences(of: "schema: decision", with: "schema: essay") + "x", 4, "schema"),
            (front.replacingOccurrences(of: "schema: decision", with: "schema: shortlist") + "x", nil, "schema"),
            (front.replacingOccurrences(of: "[symbol,", with: "[equity,") + "x", 5, "equity"),
            (front.replacingOccurrences(of: "[symbol,", with: "[instruments,") + "x", 5, "instruments"),
            (front.replacingOccurrences(of: "[symbol, instrument, hasNews]", with: "everything") + "x", 5, "inputs"),
            (front.replacingOccurrences(of: "usd: 0.01", with: "usd: free") + "x", 6, "budget"),
            (front.replacingOccurrences(of: "outputTokens: 500, ", with: "") + "x", 6, "budget"),
            (front.replacingOccurrences(of: "deadline: 60", with: "deadline: -1") + "x", 7, "deadline"),
            (front.replacingOccurrences(of: "deadline: 60", with: "deadline: 60\ntemperature: hot") + "x", 8, "temperature"),
            (front.replacingOccurrences(of: "deadline: 60", with: "deadline: 60\ntools: all") + "x", 8, "tools"),
            (front.replacingOccurrences(of: "inputs: [", with: "inputs: [[") + "x", nil, nil),
            ("no front matter", 1, nil), ("", 1, nil), ("---\nrole: voter", 1, nil), ("---\n---\nx", nil, nil), (front, nil, nil)
        ] as [(String, Int?, String?)])
    func F077_brokenPrompt(_ text: String, _ line: Int?, _ variable: String?) {
        let problems = broken(text)
        #expect(problems.contains { (line == nil || $0.line == line) && (variable == nil || $0.variable == variable) }, "\(problems)")
        #expect(problems.allSatisfy { $0.description.hasPrefix("x.md") })
    }

    @Test("a file without its user part asks nothing, and is told which line is missing")
    func noUserPart() {
        #expect(
            broken(front + "You look at {{symbol}}.").map(\.message) == [
                "there is no line '=== user ===': what follows it is what the model is asked"
            ])
        #expect(broken(front + "You look at one coin.\n=== user ===\n \n").map(\.message) == ["the prompt has no text"])
        #expect(PromptParser.parse(front + "You look at one coin.\n=== user ===\nLook at {{symbol}}.", file: "x.md").prompt != nil)
    }

    @Test("F077_brokenPrompt: a megabyte, a million sections and wild bytes are refused without harm")
    func F077_hugePrompt() throws {
        #expect(broken(String(repeating: "x", count: 1_048_576)).count == 1)
        #expect(broken(front + String(repeating: "{{#hasNews}}", count: 4_000)).contains { $0.message.contains("deeper") })
        #expect(!broken("---\n" + String(repeating: "[", count: 8_000) + "\n---\nx").isEmpty)
        #expect(!broken("---\na: &a [x]\nb: [*a, *a, *nothing]\n---\nx").isEmpty)
        try Fixture.withFolder([
            "candidates.md": Data(repeating: 0x78, count: 1_048_576), "risk.md": Data([0xff, 0xfe, 0x00]), "technical.md": Data("{{".utf8),
            "README.md": Data("notes".utf8)
        ]) { folder in
            let library = PromptLibrary.load(folder: folder)
            #expect(library.names == ["candidates", "risk", "technical"])
            #expect(library.names.allSatisfy { library[$0]?.prompt == nil })
            #expect(library.hasErrors)
            #expect(library["candidates"]?.problems.first?.description == "candidates.md: the file is larger than 64 KB")
        }
    }

    @Test("over seeds: a mutated file parses or is refused, and what parses renders")
    func fuzz() throws {
        let seeds = EmbeddedPrompts.all.map { Array($0.text.utf8) }
        let spice = Array("{}#/^&!\n-:[]=%'\"\u{0}\t<>*|".utf8)
        let shortlist = PromptInputs(try Fixture.snapshot(), quote: .usdt),
            decision = PromptInputs(try Fixture.snapshot(), quote: .usdt, symbol: Fixture.btc)
        var chance = SplitMix64(seed: 77)
        var parsed = 0
        for round in 0..<300 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<(1 + chance.below(3)) {
                let at = chance.below(chance.below(2) == 0 ? 700 : bytes.count)
                switch chance.below(3) {
                case 0: bytes[at] = spice[chance.below(spice.count)]
                case 1: bytes.insert(contentsOf: [spice[chance.below(spice.count)], spice[chance.below(spice.count)]], at: at)
                default: bytes.removeSubrange(at..<min(at + 1 + chance.below(40), bytes.count))
                }
            }
            guard let prompt = PromptParser.parse(String(decoding: bytes, as: UTF8.self), file: "x.md").prompt else { continue }
            parsed += 1
            let rendered = prompt.render(prompt.asks == .shortlist ? shortlist : decision, digest: Fixture.digest)
            #expect(DataBlock.blocks(in: rendered.user) != nil)
        }
        #expect(parsed > 50)
    }

    @Test("words of the account are a warning, and the prompt still works")
    func forbiddenWords() {
        let (prompt, problems) = PromptParser.parse(
            front + "=== user ===\n{{symbol}} {{instrument}}\n{{#hasNews}}Your balance\nis a Secret{{/hasNews}}", file: "x.md")
        #expect(prompt != nil)
        #expect(problems.map(\.description) == ["x.md:11: 'balance': no prompt sees the account", "x.md:12: 'secret': no prompt sees the account"])
    }
}
