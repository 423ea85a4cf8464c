// An expression's text as words, numbers and signs, each with its place.
import Kernel
import Market

struct ExpressionToken: Sendable {
    enum Kind: Hashable, Sendable {
        case number(Double)
        case timeframe(Timeframe)
        case word(String)
        /// One of `( ) [ ] , + - * / < <= > >= == !=`.
        case sign(String)
        case end
    }
    let kind: Kind
    /// Characters before it.
    let offset: Int

    /// How a message names it.
    var shown: String {
        switch kind {
        case .number(let number): "\(number)"
        case .timeframe(let timeframe): timeframe.rawValue
        case .word(let word): Echo.quoted(word)
        case .sign(let sign): "'\(sign)'"
        case .end: "the end"
        }
    }

    static let longestText = 2_000

    /// The tokens of a text and `.end`, and errors for what no expression has. Signs of other languages are read as what they mean
    /// there, so that what follows can be judged too.
    static func all(of text: String) -> (tokens: [ExpressionToken], errors: [ExpressionError]) {
        let characters = Array(text.unicodeScalars)
        guard characters.count <= longestText else { return ([], [ExpressionError(at: longestText, "longer than \(longestText) characters")]) }
        var tokens: [ExpressionToken] = [], errors: [ExpressionError] = []
        var at = 0
        while at < characters.count {
            let start = at, first = characters[at]
            at += 1
            if first.isBlank { continue }
            if first.isDigit {
                switch number(characters, start, &at) {
                case .success(let kind): tokens.append(ExpressionToken(kind: kind, offset: start))
                case .failure(let error):
                    errors.append(error)
                    tokens.append(ExpressionToken(kind: .number(.nan), offset: start))
                }
            } else if first.isLetter {
                while at < characters.count, characters[at].isLetter || characters[at].isDigit { at += 1 }
                let word = string(characters[start..<at]), small = word.lowercased()
                let isShouted = word != small && ["and", "or", "not"].contains(small)
                if isShouted { errors.append(ExpressionError(at: start, "'\(word)' is written in small letters here: \(small)")) }
                tokens.append(ExpressionToken(kind: .word(isShouted ? small : word), offset: start))
            } else if at < characters.count, characters[at] == "=", "<>=!".unicodeScalars.contains(first) {
                at += 1
                tokens.append(ExpressionToken(kind: .sign(string(characters[start..<at])), offset: start))
            } else if "()[],+-*/<>".unicodeScalars.contains(first) {
                tokens.append(ExpressionToken(kind: .sign(String(first)), offset: start))
            } else {
                // `&&` is one mistake.
                if at < characters.count, characters[at] == first, "&|".unicodeScalars.contains(first) { at += 1 }
                errors.append(ExpressionError(at: start, hint(string(characters[start..<at]))))
                if let meant = meant(first) { tokens.append(ExpressionToken(kind: meant, offset: start)) }
            }
        }
        return (tokens + [ExpressionToken(kind: .end, offset: characters.count)], errors)
    }

    /// `70`, `0.5`, or a time frame such as `4h`.
    private static func number(_ characters: [Unicode.Scalar], _ start: Int, _ at: inout Int) -> Result<Kind, ExpressionError> {
        while at < characters.count, characters[at].isDigit || characters[at] == "." { at += 1 }
        let digits = at
        while at < characters.count, characters[at].isLetter || characters[at].isDigit { at += 1 }
        let text = string(characters[start..<at])
        if at > digits {
            guard let timeframe = Timeframe(rawValue: text) else {
                return .failure(
                    ExpressionError(
                        at: start,
                        "\(Echo.quoted(text)) is neither a number nor a time frame such as "
                            + "\(Timeframe.allCases.map(\.rawValue).joined(separator: ", "))"
                    ))
            }
            return .success(.timeframe(timeframe))
        }
        guard let exact = FixedDecimal(text) else {
            return .failure(ExpressionError(at: start, "\(Echo.quoted(text)) is not a number such as 70 or 0.5"))
        }
        return .success(.number(exact.double))
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    /// What a sign of another language stands for.
    private static func meant(_ scalar: Unicode.Scalar) -> Kind? {
        switch scalar {
        case "&": .word("and")
        case "|": .word("or")
        case "!": .word("not")
        case "=": .sign("==")
        default: nil
        }
    }

    private static func hint(_ text: String) -> String {
        switch text.unicodeScalars.first {
        case "&": "'\(text)' means nothing here; write 'and'"
        case "|": "'\(text)' means nothing here; write 'or'"
        case "!": "'!' means nothing here; write 'not'"
        case "=": "'=' means nothing here; to compare, write '=='"
        case "%": "'%' means nothing here; write a share as a number, 0.03 for 3 %"
        default: "\(Echo.quoted(text)) means nothing in an expression"
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
    fileprivate var isDigit: Bool { (48...57).contains(value) }
    fileprivate var isLetter: Bool { (97...122).contains(value) || (65...90).contains(value) || self == "_" }
}
