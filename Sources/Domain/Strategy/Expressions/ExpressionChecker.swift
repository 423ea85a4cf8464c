// From a tree as written to a checked expression: names exist, numbers and conditions are not mixed up,
// indicators have the numbers they take. Every error names its place in the text.

public struct ExpressionChecker: Sendable {
    /// The strategy's candles; indicators may ask for coarser ones.
    let timeframe: Timeframe
    /// Parameters with the values they have where nobody says otherwise.
    let parameters: [String: Double]

    public init(timeframe: Timeframe, parameters: [String: Double]) {
        self.timeframe = timeframe
        self.parameters = parameters
    }

    private static let fields = CandleField.allCases.map(\.rawValue)
    private static let functions = IndicatorFunction.allCases.map(\.rawValue) + ["crosses_above", "crosses_below", "min", "max", "abs"]
    /// Words that mean something in an expression; a parameter cannot be called so.
    public static let reserved = fields + functions + ["and", "or", "not"]

    /// A condition, such as `crosses_above(ema(9), ema(21)) and rsi(14) < 70`.
    public func condition(_ text: String) throws(ExpressionError) -> Condition { try condition(try ExpressionParser.parse(text)) }

    private func condition(_ tree: ExpressionSyntax) throws(ExpressionError) -> Condition {
        switch tree {
        case .infix("and", let a, let b, _): return .both(try condition(a), try condition(b))
        case .infix("or", let a, let b, _): return .either(try condition(a), try condition(b))
        case .prefix("not", let inner, _): return .not(try condition(inner))
        case .infix(let sign, let a, let b, _):
            guard let comparison = Comparison(rawValue: sign) else { break }
            return .comparison(comparison, try number(a), try number(b))
        case .call("crosses_above", let arguments, let frame, let at):
            let (a, b) = try pair("crosses_above", arguments, frame, at)
            return .crossesAbove(a, b)
        case .call("crosses_below", let arguments, let frame, let at):
            let (a, b) = try pair("crosses_below", arguments, frame, at)
            return .crossesBelow(a, b)
        default: break
        }
        _ = try number(tree)
        throw ExpressionError(at: tree.start, "a number stands where a condition belongs; compare it, as in rsi(14) < 70")
    }

    private func number(_ tree: ExpressionSyntax) throws(ExpressionError) -> NumberExpression {
        switch tree {
        case .number(let value, _): return .constant(value)
        case .name(let name, let at): return try named(name, at)
        case .call(let name, let arguments, let frame, let at): return try called(name, arguments, frame, at)
        case .prefix("-", let inner, _): return .arithmetic(.subtract, .constant(0), try number(inner))
        case .previous(let inner, let index, let at):
            guard case .number(let count, _) = index, count == count.rounded(), (1...500).contains(count) else {
                throw ExpressionError(at: at + 1, "how many candles ago is a whole number from 1 to 500, as in close[1]")
            }
            return .previous(try number(inner), Int(count))
        case .infix(let sign, let a, let b, _):
            let operations: [String: Arithmetic] = ["+": .add, "-": .subtract, "*": .multiply, "/": .divide]
            guard let operation = operations[sign] else { break }
            return .arithmetic(operation, try number(a), try number(b))
        case .prefix: break
        }
        throw ExpressionError(at: tree.start, "a condition stands where a number belongs")
    }

    private func named(_ name: String, _ at: Int) throws(ExpressionError) -> NumberExpression {
        if let field = CandleField(rawValue: name) { return .field(field) }
        if parameters[name] != nil { return .parameter(name) }
        if let function = IndicatorFunction(rawValue: name) { throw ExpressionError(at: at, "'\(name)' needs brackets, as in \(function.example)") }
        if Self.functions.contains(name) { throw ExpressionError(at: at, "'\(name)' needs brackets, as in \(name)(close, open)") }
        throw unknown(name, at, "name", Self.fields + parameters.keys.sorted() + Self.functions)
    }

    private func called(_ name: String, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int) throws(ExpressionError) -> NumberExpression {
        if let function = IndicatorFunction(rawValue: name) { return try indicator(function, arguments, frame, at) }
        if let frame { throw ExpressionError(at: at, "\(Echo.quoted(name)) takes no time frame, \(frame.rawValue) belongs to an indicator") }
        switch name {
        case "crosses_above", "crosses_below": throw ExpressionError(at: at, "a condition stands where a number belongs")
        case "abs":
            guard arguments.count == 1 else { throw ExpressionError(at: at, "'abs' takes one number, found \(arguments.count)") }
            return .magnitude(try number(arguments[0]))
        case "min", "max":
            guard arguments.count >= 2 else { throw ExpressionError(at: at, "'\(name)' takes two or more numbers, found \(arguments.count)") }
            var result = try number(arguments[0])
            for argument in arguments.dropFirst() { result = .arithmetic(name == "min" ? .smaller : .larger, result, try number(argument)) }
            return result
        default: throw unknown(name, at, "function", Self.functions)
        }
    }

    private func indicator(_ function: IndicatorFunction, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int) throws(ExpressionError) -> NumberExpression {
        guard arguments.count == function.parameterCount else {
            throw ExpressionError(at: at, "'\(function.rawValue)' takes \(function.parameterCount) numbers, found \(arguments.count); an example is \(function.example)")
        }
        if let frame, frame < timeframe || frame.duration.milliseconds % timeframe.duration.milliseconds != 0 {
            throw ExpressionError(at: at, "\(frame.rawValue) candles cannot be made of \(timeframe.rawValue) candles")
        }
        var numbers: [NumberExpression] = []
        for argument in arguments {
            let number = try number(argument)
            guard let folded = try? number.binding(parameters), folded.constant != nil else {
                throw ExpressionError(at: argument.start, "an indicator's number is a constant or a parameter, not something that changes with each candle")
            }
            numbers.append(number)
        }
        let call = NumberExpression.indicator(function, numbers, frame == timeframe ? nil : frame)
        do { _ = try call.binding(parameters) } catch { throw ExpressionError(at: at, error.description) }
        return call
    }

    private func pair(_ name: String, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int) throws(ExpressionError) -> (NumberExpression, NumberExpression) {
        guard frame == nil, arguments.count == 2 else { throw ExpressionError(at: at, "'\(name)' takes two numbers, as in \(name)(ema(9), ema(21))") }
        return (try number(arguments[0]), try number(arguments[1]))
    }

    private func unknown(_ name: String, _ at: Int, _ what: String, _ known: [String]) -> ExpressionError {
        let near = NearestName.of(name, among: known).map { ". Did you mean '\($0)'?" }
        return ExpressionError(at: at, "no \(what) \(Echo.quoted(name))" + (near ?? ""))
    }
}
