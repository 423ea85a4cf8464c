// Reads one JSON-like value at a place in a text, making only the allowed repairs. Depth, keys and steps
// are capped, so that no answer can cost more than linear time or the stack.

struct TolerantReader {
    static let maximumDepth = 32
    static let maximumKeys = 64

    let scalars: [Unicode.Scalar]
    var at = 0
    var repairs: Set<AnswerRepair> = []
    /// Characters looked at so far, over all attempts on this text.
    private(set) var steps = 0
    private let stepLimit: Int
    /// Whether the value being read has shown a key, and one that matters: then it is no prose.
    private(set) var sawKey = false
    private(set) var sawFieldKey = false
    private let fieldKeys: Set<String>

    init(_ scalars: [Unicode.Scalar], fieldKeys: Set<String>) {
        self.scalars = scalars
        self.fieldKeys = fieldKeys
        stepLimit = Self.stepLimit(scalars.count)
    }

    /// How many steps a text of so many characters may take.
    static func stepLimit(_ count: Int) -> Int { 16 * count + 256 }

    /// Reads the value that begins at `start`.
    mutating func read(from start: Int) throws(AnswerRejection) -> AnswerValue {
        at = start
        sawKey = false
        sawFieldKey = false
        return try value(depth: 1)
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(AnswerRejection) -> AnswerValue {
        guard let c = current else { throw AnswerRejection(.truncated) }
        switch AnswerCharacters.plain(c) {
        case "{":
            guard depth <= Self.maximumDepth else { throw AnswerRejection(.tooDeep) }
            try punctuation()
            return try object(depth: depth)
        case "[":
            guard depth <= Self.maximumDepth else { throw AnswerRejection(.tooDeep) }
            try punctuation()
            return try list(depth: depth)
        case "0"..."9", "-", "+", ".":
            return .number(try number())
        default:
            if let style = try quote() { return .text(try text(style)) }
            return try literal()
        }
    }

    private mutating func object(depth: Int) throws(AnswerRejection) -> AnswerValue {
        var members: [AnswerMember] = []
        while true {
            try space()
            if try take("}") {
                if !members.isEmpty { repairs.insert(.trailingComma) }
                return .object(members)
            }
            let key = try self.key()
            try space()
            guard try take(":") else { throw damaged }
            sawKey = true
            if fieldKeys.contains(AnswerCharacters.lowercased(key)) { sawFieldKey = true }
            try space()
            members.append(AnswerMember(key: key, value: try value(depth: depth + 1)))
            guard members.count <= Self.maximumKeys else { throw AnswerRejection(.tooManyKeys) }
            try space()
            if try take("}") { return .object(members) }
            guard try take(",") else { throw damaged }
        }
    }

    private mutating func list(depth: Int) throws(AnswerRejection) -> AnswerValue {
        var values: [AnswerValue] = []
        while true {
            try space()
            if try take("]") {
                if !values.isEmpty { repairs.insert(.trailingComma) }
                return .list(values)
            }
            values.append(try value(depth: depth + 1))
            try space()
            if try take("]") { return .list(values) }
            guard try take(",") else { throw damaged }
        }
    }

    private mutating func key() throws(AnswerRejection) -> String {
        if let style = try quote() { return try text(style) }
        guard let c = current, AnswerCharacters.isWordStart(c) else { throw damaged }
        repairs.insert(.unquotedKey)
        return try word()
    }

    private mutating func word() throws(AnswerRejection) -> String {
        var word = String.UnicodeScalarView()
        while let c = current, AnswerCharacters.isWord(c) { word.append(c); try step() }
        return String(word)
    }

    private mutating func literal() throws(AnswerRejection) -> AnswerValue {
        guard let c = current, AnswerCharacters.isWordStart(c) else { throw damaged }
        let word = try word()
        switch word {
        case "true": return .truth(true)
        case "false": return .truth(false)
        case "null": return .null
        case "True", "False", "None":
            repairs.insert(.pythonLiteral)
            return word == "None" ? .null : .truth(word == "True")
        default: throw damaged
        }
    }

    /// JSON's number grammar with a leading `+` or `.` mended; never hex, never `1.`, never `007`.
    private mutating func number() throws(AnswerRejection) -> String {
        var out = ""
        if try take("-") { out = "-" } else if try take("+") { repairs.insert(.numberForm) }
        if current == "." {
            repairs.insert(.numberForm)
            out += "0"
        } else {
            let whole = try digits()
            guard whole.count == 1 || whole.first != "0" else { throw damaged }
            out += whole
        }
        if try take(".") { out += "." + (try digits()) }
        if current == "e" || current == "E" {
            try step()
            out += "e"
            if try take("-") { out += "-" } else { _ = try take("+") }
            out += try digits()
        }
        return out
    }

    private mutating func digits() throws(AnswerRejection) -> String {
        var out = String.UnicodeScalarView()
        while let c = current, AnswerCharacters.isDigit(c) { out.append(c); try step() }
        guard !out.isEmpty else { throw damaged }
        return String(out)
    }

    // MARK: Places

    var current: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    /// Damaged here, or simply over.
    private var damaged: AnswerRejection { AnswerRejection(at < scalars.count ? .malformed : .truncated) }

    mutating func step(_ count: Int = 1) throws(AnswerRejection) {
        at += count
        steps += count
        guard steps <= stepLimit else { throw AnswerRejection(.tooTangled) }
    }

    /// Steps over one punctuation character, noting a full-width one.
    private mutating func punctuation() throws(AnswerRejection) {
        if let c = current, c.value > 0x7f { repairs.insert(.fullWidth) }
        try step()
    }

    private mutating func take(_ wanted: Unicode.Scalar) throws(AnswerRejection) -> Bool {
        guard let c = current, AnswerCharacters.plain(c) == wanted else { return false }
        try punctuation()
        return true
    }
}
