// Looks over the bytes of a file before any parser sees them, and refuses what a settings file never
// needs and a hostile or half-written one may have: other encodings, control characters, tabs,
// anchors and aliases (which can multiply without end), tags, directives, second documents.
// It does not trust quotes: an `&` that could start an anchor is refused inside them as well.
import Kernel
import Trading

struct YAMLGuard {
    static let largestFile = 1_048_576

    private(set) var problems: [(position: Position?, message: String)] = []
    private var contentSeen = false

    /// The text of a file that may be parsed, or what is wrong with it.
    static func check(_ bytes: [UInt8]) -> (text: String?, problems: [(position: Position?, message: String)]) {
        if bytes.count > largestFile { return (nil, [(nil, "is larger than 1 MB; a settings file is a few kB")]) }
        if let reason = TextOpening.fault(bytes) { return (nil, [(nil, reason)]) }
        let body = TextOpening.body(bytes)
        guard let text = String(validating: body, as: UTF8.self) else {
            return (nil, [(firstBadByte(body), "is not UTF-8 text")])
        }
        var look = YAMLGuard()
        for (number, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            look.scan(Array(text[line.startIndex..<line.endIndex].unicodeScalars), number + 1)
        }
        // A forbidden line is not looked at further, so it may have been the content.
        if !look.problems.isEmpty { return (nil, look.problems) }
        if !look.contentSeen {
            look.problems.append((nil, "holds no settings; was it half written? Without the file the defaults are used"))
        } else if body.last != 10 {
            look.problems.append((nil, "does not end with a line break; was it half written?"))
        }
        return (look.problems.isEmpty ? text : nil, look.problems)
    }

    private mutating func scan(_ written: [Unicode.Scalar], _ number: Int) {
        let line = written.last == "\r" ? written.dropLast() : written[...]
        func refuse(_ index: Int, _ message: String) { problems.append((Position(line: number, column: index + 1), message)) }
        if let index = line.firstIndex(where: { Self.forbidden($0) }) { return refuse(index, "has a control character") }
        guard let first = line.first(where: { $0 != " " && $0 != "\t" }) else { return }
        let hasQuote = line.contains("\"") || line.contains("'")
        if first != "#" {
            if let index = line.firstIndex(of: "\t") { return refuse(index, "has a tab; use spaces") }
            if line.first == "%" { return refuse(0, "has a directive; remove the line") }
            if Self.isMarker(line, ".") || (Self.isMarker(line, "-") && contentSeen) {
                return refuse(0, "begins a second document; a settings file is one")
            }
            if !Self.isMarker(line, "-") || line.count > 3 { contentSeen = true }
        } else if !hasQuote {
            return
        }
        if let index = line.indices.first(where: { Self.startsIndicator(line, $0) }) {
            refuse(index, "has '\(line[index])' where an anchor, alias or tag may begin; write the value out")
        }
    }

    /// Control characters, and the line breaks only YAML knows (a lone CR, NEL, LS, PS).
    private static func forbidden(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 32 && scalar != "\t") || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
            || scalar.value == 0x2029 || scalar.value == 0xFEFF
    }

    /// True for `---` or `...` at the start of a line.
    private static func isMarker(_ line: ArraySlice<Unicode.Scalar>, _ mark: Unicode.Scalar) -> Bool {
        line.count >= 3 && line.prefix(3).allSatisfy { $0 == mark } && (line.count == 3 || line[line.startIndex + 3] == " ")
    }

    /// True if an `&`, `*` or `!` stands first in what YAML may take for a value.
    private static func startsIndicator(_ line: ArraySlice<Unicode.Scalar>, _ index: Int) -> Bool {
        guard "&*!".unicodeScalars.contains(line[index]) else { return false }
        let before: Unicode.Scalar = index > line.startIndex ? line[index - 1] : " "
        let after: Unicode.Scalar = index + 1 < line.endIndex ? line[index + 1] : " "
        // After a word it stands inside a text, as in `close != open` or `a && b`: no value begins there.
        let isOperator = (line[index] == "!" && after == "=") || (line[index] == "&" && after == "&")
        if isOperator, let last = line[..<index].last(where: { $0 != " " && $0 != "\t" }), !":-[{,?".unicodeScalars.contains(last) { return false }
        return " [{,:\t".unicodeScalars.contains(before) && (after != " " || line[index] == "!")
    }

    private static func firstBadByte(_ bytes: ArraySlice<UInt8>) -> Position? {
        var line = 1, column = 1, decoder = UTF8(), iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue("\n"): (line, column) = (line + 1, 1)
            case .scalarValue: column += 1
            case .error: return Position(line: line, column: column)
            case .emptyInput: return nil
            }
        }
    }
}
