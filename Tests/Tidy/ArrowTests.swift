// Which part may know which: the compiler holds the arrows between targets, these tests those on the page and between folders.
import Testing

@Suite("Tidy: arrows")
struct ArrowTests {
    /// The core: decisions and values. What they do follows from what they are given, and from nothing else.
    static let pure: Set = ["Kernel", "Statistics", "Market", "Settings", "Trading", "Strategies", "Analysis", "Risk", "Events", "Notices", "Engine"]

    /// The one file of the core that may use a library, each with its reason at its head.
    static let doors: [String: Set<String>] = ["Sources/Kernel/Mathematics.swift": ["Glibc", "Musl", "Darwin"]]

    @Test("a target imports what its row of ARCHITECTURE.md names, and that row names nothing else")
    func architecture() throws {
        let rows = Self.table(Tree.page("ARCHITECTURE.md")), targets = Set(rows.keys)
        for target in Set(Tree.sources.map(\.target)).sorted() {
            let row = try #require(rows[target], "\(target) has no row")
            let imported = Tree.sources.filter { $0.target == target }.reduce(into: Set<String>()) { $0.formUnion($1.imports) }.intersection(targets)
            #expect(row == imported, "\(target)")
        }
    }

    @Test("each target of the core knows only those whose rows stand before its own")
    func stack() {
        let order = Tree.page("ARCHITECTURE.md").split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
            $0.split(separator: "`").dropFirst().first
        }
        .map(String.init).filter { Self.pure.contains($0) }
        #expect(order.count == Self.pure.count)
        let rows = Self.table(Tree.page("ARCHITECTURE.md"))
        for (place, target) in order.enumerated() where target != "Engine" {
            #expect(rows[target]?.subtracting(order[..<place]).isEmpty == true, "\(target)")
        }
    }

    @Test("Package.swift gives a target what its row names")
    func package() throws {
        let text = Tree.page("Package.swift"), rows = Self.table(Tree.page("ARCHITECTURE.md"))
        for target in Set(Tree.sources.map(\.target)).sorted() {
            let short = try Regex(#"target\(\s*"\#(target)"([^)]*)\)"#), long = try Regex(#"name: "\#(target)",\s*dependencies: \[([^\]]*)\]"#)
            let match = try #require(text.firstMatch(of: short) ?? text.firstMatch(of: long), "\(target)")
            let named = Set((match.output[1].substring ?? "").split { !$0.isLetter }.map(String.init)).intersection(rows.keys)
            #expect(named == rows[target], "\(target)")
        }
    }

    @Test("the folders of a target form a stack, by the names of their types: no two know each other, by any way round")
    func folders() {
        for target in Set(Tree.sources.map(\.target)).sorted() { #expect(Knots(target).found.isEmpty, "\(target)") }
    }

    @Test("the core has no clock, no chance, no files, no sockets and no unstructured tasks")
    func purity() {
        let banned: Set = [
            "Foundation", "Glibc", "Dispatch", "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "Date", "UUID", "FileManager",
            "DispatchQueue", "Thread", "clock_gettime", "gettimeofday", "getenv", "shuffled", "shuffle", "randomElement", "Hasher", "hashValue",
            "FoundationEssentials", "Musl", "Darwin", "readLine"
        ]
        var found: [String] = []
        for file in Tree.sources where Self.pure.contains(file.target) {
            let names = Set(file.words).intersection(banned).subtracting(Self.doors[file.path] ?? [])
            let lines = file.codeLines.filter { line in
                [" Task {", " Task(", "Task<", "Task.detached", "Task.init", ".random(", "nonisolated(unsafe)"].contains { line.contains($0) }
            }
            found += names.sorted().map { "\(file.path) uses \($0)" } + lines.map { "\(file.path): \($0)" }
        }
        #expect(found.isEmpty)
    }

    @Test("no venue knows another one, only what all of them share")
    func venues() {
        for (target, row) in Self.table(Tree.page("ARCHITECTURE.md")) where target.hasPrefix("Venue") {
            #expect(row.filter { $0.hasPrefix("Venue") }.isSubset(of: ["VenueCommon"]), "\(target)")
        }
    }

    @Test("what is done for a person knows no terminal, and its screens none either")
    func faces() {
        let banned: Set = ["ArgumentParser", "Terminal", "STDOUT_FILENO", "STDERR_FILENO", "print", "isatty"]
        for file in Tree.sources where ["Application", "Screens"].contains(file.target) {
            #expect(Set(file.words).isDisjoint(with: banned), "\(file.path)")
        }
        for file in Tree.sources where file.target == "Application" { #expect(!file.imports.contains("Screens"), "\(file.path)") }
    }

    @Test("only Trading and Events change a position or an order, and only Events takes an account's view")
    func fold() {
        let fields = ["holding", "openedAt", "rungsFilled", "exitOrders", "watch", "proceeds", "filled"]
        for file in Tree.sources where !["Trading", "Events", "Matching", "ExchangeServer", "Backtest"].contains(file.target) {
            for line in file.codeLines where fields.contains(where: { line.contains(".\($0) = ") || line.contains("?.\($0) = ") }) {
                Issue.record("\(file.path): \(line)")
            }
            #expect(String(decoding: file.code, as: UTF8.self).firstMatch(of: /AccountView\(\s*limits:/) == nil, "\(file.path)")
        }
    }

    /// The rows of the table of targets: each name with what it depends on, targets of this package only.
    private static func table(_ page: String) -> [String: Set<String>] {
        let table = page.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("| target |") }.prefix { !$0.isEmpty }
        return table.filter { $0.hasPrefix("| `") }.reduce(into: [:]) { rows, line in
            let cells = line.split(separator: "|").map { $0.trimmed }
            guard cells.count == 3 else { return }
            let names = cells[0].split(separator: " ").map { $0.filter { $0 != "`" } }
            let known = cells[2].split { !$0.isLetter }.map(String.init)
            for name in names { rows[String(name)] = Set(known) }
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// Folders of one target that reach each other both ways. Files of the target's own folder are its floor and its roof.
private struct Knots {
    private(set) var found: [String] = []

    init(_ target: String) {
        let files = Tree.sources.filter { $0.target == target }
        var home: [String: Set<String>] = [:]
        for file in files { for type in file.types { home[type, default: []].insert(file.folder) } }
        var knows: [String: Set<String>] = [:]
        for file in files where !file.folder.isEmpty {
            for name in file.names {
                guard let homes = home[name], !homes.contains(file.folder) else { continue }
                knows[file.folder, default: []].formUnion(homes.subtracting([""]))
            }
        }
        for folder in knows.keys.sorted() where Self.reach(folder, knows).contains(folder) { found.append(folder) }
    }

    private static func reach(_ start: String, _ knows: [String: Set<String>]) -> Set<String> {
        var seen: Set<String> = [], next = Array(knows[start] ?? [])
        while let folder = next.popLast() {
            if seen.insert(folder).inserted { next += knows[folder] ?? [] }
        }
        return seen
    }
}
