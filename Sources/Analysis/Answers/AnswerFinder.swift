// Finds the JSON-like values in an answer, whatever stands around them. Braces in prose are stepped over;
import Kernel

// a damaged or cut value that shows a field of ours ends the reading, because guessing is not repairing.

/// A value found in a text, or a text that itself holds one.
enum FoundValue {
    case value(AnswerValue)
    case encoded(String)
}

struct AnswerFinder {
    private var reader: TolerantReader
    private let mayDecode: Bool
    private var closers: [Int: Int]?
    /// What stands around the values, fences left out: before the first, between each two, and behind the last.
    private(set) var prose: [[Unicode.Scalar]] = [[]]

    /// - Parameter mayDecode: whether a quoted text that holds an object may still be opened.
    init(_ text: String, fieldKeys: Set<String>, mayDecode: Bool) {
        reader = TolerantReader(Array(text.unicodeScalars), fieldKeys: fieldKeys)
        self.mayDecode = mayDecode
    }

    var steps: Int { reader.steps }
    var repairs: Set<AnswerRepair> { reader.repairs }

    /// All values, in the order of the text.
    mutating func find() throws(AnswerRejection) -> [FoundValue] {
        var found: [FoundValue] = []
        var at = 0
        var lineHasFence = false
        while at < reader.scalars.count {
            let c = reader.scalars[at]
            let plain = AnswerCharacters.plain(c)
            if plain == "{" || plain == "[" {
                let before = at
                let value = try attempt(&at)
                if at == before { at += 1 }
                if let value { add(.value(value), to: &found) } else { prose[found.count] += reader.scalars[before..<at] }
                continue
            }
            if mayDecode, let text = try encodedText(&at) {
                add(.encoded(text), to: &found)
                continue
            }
            try note(c, at, &lineHasFence)
            if c != "`", c != "~" { prose[found.count].append(c) }
            at += 1
        }
        return found
    }

    private mutating func add(_ value: FoundValue, to found: inout [FoundValue]) {
        found.append(value)
        prose.append([])
    }

    /// One try at a value. Leaves `at` behind it, or behind the prose it turned out to be.
    private mutating func attempt(_ at: inout Int) throws(AnswerRejection) -> AnswerValue? {
        let repairsBefore = reader.repairs
        do {
            let value = try reader.read(from: at)
            at = reader.at
            return value
        } catch {
            switch error.code {
            case .truncated, .malformed, .nul: break
            default: throw error
            }
            guard !reader.sawFieldKey else { throw error }
            reader.repairs = repairsBefore.union([.prose])
            if reader.sawKey {
                guard let end = closer(of: at) else { throw error }
                at = end + 1
            }
            return nil
        }
    }

    /// A quoted text at this place whose content is an object or a list in braces.
    private mutating func encodedText(_ at: inout Int) throws(AnswerRejection) -> String? {
        guard reader.scalars[at] == "&" || QuoteStyle(opening: reader.scalars[at]) != nil else { return nil }
        let repairsBefore = reader.repairs
        reader.at = at
        do {
            guard let style = try reader.quote(), let next = reader.current,
                next == "{" || next == "[" || next == "\\" || next.isSpace
            else { reader.repairs = repairsBefore; return nil }
            let text = try reader.text(style)
            let inner = AnswerCharacters.trimmed(text).unicodeScalars
            if (inner.first == "{" && inner.last == "}") || (inner.first == "[" && inner.last == "]") {
                at = reader.at
                return text
            }
        } catch {
            if error.code == .tooTangled { throw error }
        }
        reader.repairs = repairsBefore
        return nil
    }

    /// Notes what stands around the values.
    private mutating func note(_ c: Unicode.Scalar, _ at: Int, _ lineHasFence: inout Bool) throws(AnswerRejection) {
        if c == "\n" { lineHasFence = false }
        if c.isSpace { return }
        if AnswerCharacters.isZeroWidth(c) { reader.repairs.insert(.zeroWidth); return }
        if c == "`" || c == "~" {
            lineHasFence = true
            reader.repairs.insert(.fence)
        } else if !lineHasFence {
            reader.repairs.insert(.prose)
        }
    }

    /// Where the brace or bracket at this place is closed, counting brackets alone; computed once.
    private mutating func closer(of open: Int) -> Int? {
        if let closers { return closers[open] }
        var pairs: [Int: Int] = [:]
        var stack: [(place: Int, closer: Unicode.Scalar)] = []
        for (place, scalar) in reader.scalars.enumerated() {
            switch AnswerCharacters.plain(scalar) {
            case "{": stack.append((place, "}"))
            case "[": stack.append((place, "]"))
            case "}", "]":
                if let top = stack.last, top.closer == AnswerCharacters.plain(scalar) { pairs[top.place] = place; stack.removeLast() }
            default: break
            }
        }
        closers = pairs
        return pairs[open]
    }
}
