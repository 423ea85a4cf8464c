// Words are for people: nothing that decides looks for a sentence that another function wrote.
import Testing

@Suite("Tidy: words")
struct WordsTests {
    /// Targets that pass values to each other. What comes from outside (a venue, a model, a feed, a file, a chat) is text, and is read as text.
    private static let judged: Set = [
        "Kernel", "Market", "Trading", "Strategies", "Analysis", "Risk", "Events", "Notices", "Ports", "Engine", "Messaging", "Store", "Application",
        "Screens"
    ]
    /// What other programs wrote, this one's older versions among them.
    private static let outside = ["Sources/Messaging/Telegram/", "Sources/Store/Upcasts/", "Sources/Analysis/Answers/"]

    /// Two words with a space between them, or a word that a colon ends, in a literal that something is compared with.
    private static let asked = "\\.(hasPrefix|hasSuffix|contains|firstRange|range|starts)\\((of: |with: )?\"[^\"\\\\]*[A-Za-z]+( [A-Za-z]|: ?\")"
    private static let equal = "[!=]= \"[A-Za-z][^\"]*[A-Za-z] [A-Za-z]"

    private static func decides(_ line: some StringProtocol) throws -> Bool {
        for rule in [asked, equal] where try String(line).contains(Regex(rule)) { return true }
        return false
    }

    @Test("nothing decides by a sentence: by hasPrefix, hasSuffix, contains or == against words")
    func sentences() throws {
        var found: [String] = []
        for source in Tree.sources where Self.judged.contains(source.target) && !Self.outside.contains(where: { source.path.hasPrefix($0) }) {
            // Most lines hold no literal at all.
            for (index, line) in source.lines.enumerated() where line.contains("\"") {
                if try Self.decides(line) { found.append("\(source.path):\(index + 1): \(line.drop { $0 == " " })") }
            }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test(
        "the rule finds what it is for",
        arguments: [
            "guard why.hasPrefix(\"no room\") else", "if text.hasPrefix(\"size: \") {", "x == \"already open\"", "told.contains(\"not asked\")"
        ])
    func sharp(_ line: String) throws { #expect(try Self.decides(line)) }
}
