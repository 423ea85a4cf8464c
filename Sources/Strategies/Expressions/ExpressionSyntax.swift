// An expression as it was written, before anybody asked whether it makes sense: a tree with places.
import Market

indirect enum ExpressionSyntax: Sendable {
    case number(Double, Int)
    case name(String, Int)
    case call(String, [ExpressionSyntax], Timeframe?, Int)
    /// `x[n]`; the place is the bracket's.
    case previous(ExpressionSyntax, ExpressionSyntax, Int)
    /// `-x` or `not x`.
    case prefix(String, ExpressionSyntax, Int)
    /// Arithmetic, comparisons, `and`, `or`; the place is the operator's.
    case infix(String, ExpressionSyntax, ExpressionSyntax, Int)

    /// Where it begins.
    var start: Int {
        switch self {
        case .number(_, let at), .name(_, let at), .call(_, _, _, let at), .prefix(_, _, let at): at
        case .previous(let inner, _, _), .infix(_, let inner, _, _): inner.start
        }
    }
}

/// Recursive descent; weakest first: or, and, not, comparison, + -, * /, -x, x[n].
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var at = 0
    private var depth = 0
    private static let deepest = 60

    /// The tree, if there is one, and what is wrong with the words. The first mistake of the grammar ends the reading, and is
    /// left out if one of the words may be its cause.
    static func parse(_ text: String) -> (tree: ExpressionSyntax?, errors: [ExpressionError]) {
        let (tokens, errors) = ExpressionToken.all(of: text)
        guard !tokens.isEmpty else { return (nil, errors) }
        do { return (try tree(tokens), errors) } catch { return (nil, errors.isEmpty ? [error] : errors) }
    }

    private static func tree(_ tokens: [ExpressionToken]) throws(ExpressionError) -> ExpressionSyntax {
        var parser = ExpressionParser(tokens: tokens)
        if case .end = parser.token.kind { throw ExpressionError(at: 0, "an expression is missing, such as rsi(14) < 30") }
        let tree = try parser.disjunction()
        guard case .end = parser.token.kind else { throw parser.unexpected("an operator such as and, < or +") }
        return tree
    }

    private init(tokens: [ExpressionToken]) { self.tokens = tokens }

    private var token: ExpressionToken { tokens[at] }

    private func unexpected(_ wanted: String) -> ExpressionError {
        if case .word(let word) = token.kind, word.lowercased().hasPrefix("cross") {
            return ExpressionError(at: token.offset, "found \(token.shown) between two values; write crosses_above(ema(9), ema(21))")
        }
        return ExpressionError(at: token.offset, "found \(token.shown), expected \(wanted)")
    }

    private mutating func take(_ kinds: [ExpressionToken.Kind]) -> ExpressionToken? {
        guard kinds.contains(token.kind) else { return nil }
        defer { at += 1 }
        return token
    }

    private mutating func disjunction() throws(ExpressionError) -> ExpressionSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw ExpressionError(at: token.offset, "nested too deep") }
        var left = try conjunction()
        while let sign = take([.word("or")]) { left = .infix("or", left, try conjunction(), sign.offset) }
        return left
    }

    private mutating func conjunction() throws(ExpressionError) -> ExpressionSyntax {
        var left = try negation()
        while let sign = take([.word("and")]) { left = .infix("and", left, try negation(), sign.offset) }
        return left
    }

    private mutating func negation() throws(ExpressionError) -> ExpressionSyntax {
        var signs: [Int] = []
        while let sign = take([.word("not")]) { signs.append(sign.offset) }
        guard signs.count < Self.deepest else { throw ExpressionError(at: signs[0], "nested too deep") }
        var inner = try comparison()
        for sign in signs.reversed() { inner = .prefix("not", inner, sign) }
        return inner
    }

    private mutating func comparison() throws(ExpressionError) -> ExpressionSyntax {
        let signs = ["<", "<=", ">", ">=", "==", "!="].map(ExpressionToken.Kind.sign)
        let left = try sum()
        guard let sign = take(signs), case .sign(let text) = sign.kind else { return left }
        let tree = ExpressionSyntax.infix(text, left, try sum(), sign.offset)
        if signs.contains(token.kind) { throw ExpressionError(at: token.offset, "compares one pair at a time; write a < b and b < c") }
        return tree
    }

    private mutating func sum() throws(ExpressionError) -> ExpressionSyntax {
        var left = try product()
        while let sign = take([.sign("+"), .sign("-")]), case .sign(let text) = sign.kind { left = .infix(text, left, try product(), sign.offset) }
        return left
    }

    private mutating func product() throws(ExpressionError) -> ExpressionSyntax {
        var left = try signed()
        while let sign = take([.sign("*"), .sign("/")]), case .sign(let text) = sign.kind { left = .infix(text, left, try signed(), sign.offset) }
        return left
    }

    private mutating func signed() throws(ExpressionError) -> ExpressionSyntax {
        guard let sign = take([.sign("-")]) else { return try indexed() }
        return .prefix("-", try indexed(), sign.offset)
    }

    private mutating func indexed() throws(ExpressionError) -> ExpressionSyntax {
        let inner = try operand()
        guard let bracket = take([.sign("[")]) else { return inner }
        let index = try sum()
        guard take([.sign("]")]) != nil else { throw unexpected("']'") }
        if token.kind == .sign("[") { throw ExpressionError(at: token.offset, "a value's history has one index; write close[3], not close[1][2]") }
        return .previous(inner, index, bracket.offset)
    }

    private mutating func operand() throws(ExpressionError) -> ExpressionSyntax {
        let first = token
        switch first.kind {
        case .number(let number):
            at += 1
            return .number(number, first.offset)
        case .word(let word) where !["and", "or", "not"].contains(word):
            at += 1
            return take([.sign("(")]) == nil ? .name(word, first.offset) : try call(word, first.offset)
        case .sign("("):
            at += 1
            let inner = try disjunction()
            guard take([.sign(")")]) != nil else { throw unexpected("')'") }
            return inner
        default: throw unexpected("a number, a name or '('")
        }
    }

    /// What follows `name(`.
    private mutating func call(_ name: String, _ start: Int) throws(ExpressionError) -> ExpressionSyntax {
        var arguments: [ExpressionSyntax] = []
        var timeframe: Timeframe?
        if take([.sign(")")]) != nil { return .call(name, [], nil, start) }
        while true {
            if case .timeframe(let frame) = token.kind {
                at += 1
                timeframe = frame
            } else {
                arguments.append(try disjunction())
            }
            if take([.sign(")")]) != nil { return .call(name, arguments, timeframe, start) }
            if timeframe != nil { throw unexpected("')' after the time frame") }
            guard take([.sign(",")]) != nil else { throw unexpected("',' or ')'") }
        }
    }
}
