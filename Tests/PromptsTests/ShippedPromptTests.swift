// The prompts that ship: equal to their files, free of problems, and strict in what they ask back.
import Foundation
import Kernel
import Prompts
import Settings
import Testing

@Suite("Shipped prompts")
struct ShippedPromptTests {
    @Test("the compiled-in texts are the files")
    func equal() throws {
        let folder = Fixture.repository.appending(path: "prompts")
        for (file, text) in EmbeddedPrompts.all + [
            ("schemas/shortlist.json", EmbeddedPrompts.shortlistSchema), ("schemas/decision.json", EmbeddedPrompts.decisionSchema)
        ] {
            #expect(try String(contentsOf: folder.appending(path: file), encoding: .utf8) == text, "\(file)")
        }
        let library = PromptLibrary.load(folder: folder.path)
        #expect(library.names == ["candidates", "risk", "technical"])
        #expect(library.problems.isEmpty, "\(library.problems)")
    }

    @Test(
        "two voters and one guard, asked as the panel asks",
        arguments: [
            ("candidates", AnalystRole.voter, Prompt.Asks.shortlist), ("technical", .voter, .decision), ("risk", .guardian, .decision)
        ])
    func roles(_ name: String, _ role: AnalystRole, _ asks: Prompt.Asks) throws {
        let prompt = try Fixture.prompt(name)
        #expect(prompt.role == role)
        #expect(prompt.asks == asks)
        #expect(prompt.model == nil)
    }

    @Test("every object of a schema forbids more and requires all, and no keyword is one a service refuses", arguments: PromptSchema.allCases)
    func strict(_ schema: PromptSchema) throws {
        let allowed: Set<String> = ["type", "properties", "required", "additionalProperties", "items", "enum", "description"]
        func check(_ node: [String: Any]) throws {
            #expect(Set(node.keys).isSubset(of: allowed))
            if node["type"] as? String == "object" {
                let properties = try #require(node["properties"] as? [String: [String: Any]])
                #expect(node["additionalProperties"] as? Bool == false)
                #expect(Set(node["required"] as? [String] ?? []) == Set(properties.keys))
                for property in properties.values { try check(property) }
            }
            if let items = node["items"] as? [String: Any] { try check(items) }
        }
        try check(try #require(try Fixture.json(schema.text) as? [String: Any]))
    }

    @Test("the same inputs give the same bytes; a changed text is another version")
    func stable() throws {
        let prompt = try Fixture.prompt("candidates")
        let inputs = PromptInputs(try Fixture.snapshot(news: [Fixture.headline("A")], sentiment: 40), quote: .usdt)
        #expect(prompt.render(inputs, digest: Fixture.digest) == prompt.render(inputs, digest: Fixture.digest))
        let changed = try #require(PromptParser.parse(prompt.text + "x", file: "candidates.md").prompt)
        #expect(changed.version(Fixture.digest) != prompt.version(Fixture.digest))
    }

    @Test("a file in the folder wins, a broken one is not replaced, a changed schema is told")
    func folder() throws {
        let own = EmbeddedPrompts.risk.replacingOccurrences(of: "deadline: 60", with: "deadline: 30")
        try Fixture.withFolder([
            "risk.md": Data(own.utf8), "technical.md": Data("---\n".utf8), "mine.md": Data(own.utf8), "schemas/decision.json": Data("{}".utf8)
        ]) { folder in
            let library = PromptLibrary.load(folder: folder)
            #expect(library.names == ["candidates", "mine", "risk", "technical"])
            #expect(library["risk"]?.prompt?.deadline == .seconds(30))
            #expect(library["candidates"]?.prompt != nil)
            #expect(library["technical"]?.prompt == nil)
            #expect(library.folderProblems.map(\.severity) == [.warning])
        }
        #expect(PromptLibrary.load(folder: "/nowhere/at/all").names == ["candidates", "risk", "technical"])
    }

    @Test("no prompt holds a word of the account or escapes its text as HTML", arguments: ["candidates", "technical", "risk"])
    func plainText(_ name: String) throws {
        let prompt = try Fixture.prompt(name)
        let inputs = PromptInputs(
            try Fixture.snapshot(news: [Fixture.headline("Cats & dogs \"rise\"")], sentiment: 40), quote: .usdt,
            symbol: prompt.asks == .decision ? Fixture.btc : nil)
        let rendered = prompt.render(inputs, digest: Fixture.digest)
        for word in ["&quot;", "&amp;", "{{", "}}", "balance", "api key", "secret"] { #expect(!rendered.text.lowercased().contains(word), "\(word)") }
        #expect(rendered.tokenEstimate > 500 && rendered.tokenEstimate < 6_000)
        #expect(!rendered.system.contains("<<<"))
    }
}
