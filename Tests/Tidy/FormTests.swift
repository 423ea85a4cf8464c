// The form every file has: how wide, how long, how it begins.
import Testing

@Suite("Tidy: form")
struct FormTests {
    @Test("no line of Sources and Tests is wider than 150 columns")
    func width() {
        let wide = (Tree.sources + Tree.tests).flatMap { file in
            file.lines.enumerated().filter { $1.count > 150 }.map { "\(file.path):\($0.offset + 1), \($0.element.count) columns" }
        }
        #expect(wide.isEmpty)
    }

    @Test("braces balance in every file, as these tests read it")
    func braces() {
        for file in Tree.sources + Tree.tests {
            let open = file.code.count { $0 == UInt8(ascii: "{") }, closed = file.code.count { $0 == UInt8(ascii: "}") }
            #expect(open == closed, "\(file.path)")
        }
    }

    @Test("no function, initialiser, subscript or computed property is longer than 50 lines")
    func functionLength() {
        let functions = (Tree.sources + Tree.tests).flatMap { FunctionLengths($0).all }
        #expect(functions.count > 3_000)
        #expect(functions.filter { $0.lines > 50 }.map(\.words).isEmpty)
    }

    @Test("a command is at most 60 lines: it parses, calls the application and prints")
    func commands() {
        let commands = Tree.sources.filter { $0.path.hasPrefix("Sources/Carillon/Commands/") }
        #expect(commands.count > 20 && commands.filter { $0.lines.count > 60 }.map(\.path).isEmpty)
    }

    @Test("every file begins with what it is for, and is not longer than 350 lines; half of them have at most 70")
    func files() {
        let all = Tree.sources + Tree.tests
        #expect(all.filter { !($0.lines.first ?? "").hasPrefix("//") }.map(\.path).isEmpty)
        #expect(all.filter { $0.lines.count > 350 }.map(\.path).isEmpty)
        #expect(all.map(\.lines.count).sorted()[all.count / 2] <= 70)
    }
}

/// The functions of a file and how long each is, from its name to its closing brace.
private struct FunctionLengths {
    struct Function {
        let words: String
        let lines: Int
    }
    private(set) var all: [Function] = []

    init(_ file: SwiftSource) {
        let code = file.code
        var line = 1, place = 0
        while place < code.count {
            if code[place] == UInt8(ascii: "\n") { line += 1 }
            if let name = Self.keyword(code, at: place) {
                if let end = Self.end(code, after: place + name.utf8.count, isProperty: name == "var") {
                    let lines = code[place...end].count { $0 == UInt8(ascii: "\n") } + 1
                    all.append(Function(words: "\(file.path):\(line), \(lines) lines", lines: lines))
                }
                place += name.utf8.count
            } else {
                place += 1
            }
        }
    }

    private static func keyword(_ code: [UInt8], at place: Int) -> String? {
        guard place == 0 || !SwiftSource.isWord(code[place - 1]) && code[place - 1] != UInt8(ascii: ".") else { return nil }
        return ["func", "init", "deinit", "subscript", "var"].first { name in
            let end = place + name.utf8.count
            return end < code.count && code[place..<end].elementsEqual(name.utf8) && !SwiftSource.isWord(code[end])
        }
    }

    /// The brace that closes the body; nil if there is no body.
    private static func end(_ code: [UInt8], after start: Int, isProperty: Bool) -> Int? {
        var place = start, round = 0
        while place < code.count {
            switch code[place] {
            case UInt8(ascii: "("), UInt8(ascii: "["): round += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): round -= 1
            case UInt8(ascii: "}") where round <= 0: return nil
            // A property without a body ends with its line.
            case UInt8(ascii: "\n") where isProperty && round == 0: return nil
            case UInt8(ascii: "{") where round == 0: return closing(code, place)
            default: if round < 0 { return nil }
            }
            place += 1
        }
        return nil
    }

    private static func closing(_ code: [UInt8], _ start: Int) -> Int? {
        var depth = 0
        for place in start..<code.count {
            if code[place] == UInt8(ascii: "{") { depth += 1 }
            if code[place] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }
}
