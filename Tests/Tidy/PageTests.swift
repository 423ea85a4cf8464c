// Pages say what is there: links lead somewhere, and numbers mean something.
import TestSupport
import Testing

@Suite("Tidy: pages")
struct PageTests {
    static let pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Tests/faults.md", "prompts/README.md"]

    @Test("every link to a file of the tree leads to one", arguments: pages)
    func links(_ page: String) throws {
        let text = Tree.page(page)
        try #require(!text.isEmpty)
        let folder = page.split(separator: "/").dropLast().joined(separator: "/")
        for link in text.matches(of: /\]\(([^)#]+)[^)]*\)/).map({ String($0.output.1) }) where !link.contains("://") {
            #expect(Files.exists("\(Tree.root)/\(folder)/\(link)"), "\(page): \(link)")
        }
    }

    @Test("paths that a page names are there, from the root or below Sources", arguments: pages)
    func paths(_ page: String) {
        let rooms = Set(Tree.sources.map(\.room))
        for path in Tree.page(page).matches(of: /`([A-Z][A-Za-z]+\/[A-Za-z0-9\/+._-]+)`/).map({ String($0.output.1) }) {
            guard let first = path.split(separator: "/").first, rooms.contains(String(first)) else { continue }
            #expect(["", ".swift"].contains { Files.exists("\(Tree.root)/Sources/\(path)\($0)") }, "\(page): \(path)")
        }
        for path in Tree.page(page).matches(of: /`((?:Sources|Tests|config|prompts|systemd|\.ci)\/[A-Za-z0-9\/+._-]+)`/).map({ String($0.output.1) })
        {
            #expect(Files.exists("\(Tree.root)/\(path)"), "\(page): \(path)")
        }
    }

    @Test("every fault number that a test carries has its row in Tests/faults.md, and every test that it names by function is there")
    func faults() {
        let page = Tree.page("Tests/faults.md")
        let rows = Set(page.matches(of: /(?m)^\| (?:F|\[?F?)?0*(\d+)/).compactMap { Int($0.output.1) })
        for file in Tree.tests where !file.path.hasPrefix("Tests/Tidy") {
            for name in Set(file.words) {
                guard let match = name.wholeMatch(of: /F(\d{3})_\w+/), let number = Int(match.output.1) else { continue }
                #expect(rows.contains(number), "\(file.path): \(name)")
                #expect(page.contains(name), "\(file.path): \(name)")
            }
        }
        let words = Set(Tree.tests.flatMap(\.words))
        for name in page.matches(of: /"(F\d{3}_\w+)"/).map({ String($0.output.1) }) { #expect(words.contains(name), "no test \(name)") }
    }
}
