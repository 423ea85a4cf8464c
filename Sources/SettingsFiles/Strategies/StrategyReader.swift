// A strategy's YAML to a checked strategy, or the whole list of what is wrong with it, each with its line
// and column, inside an expression too. Pure: the library brings the bytes.
import Kernel
import Market
import Settings
import Strategies
import Trading

struct StrategyReader {
    private var reading: FileReading
    private let text: String

    static let keys = [
        "name", "version", "symbols", "timeframe", "direction", "parameters", "entry", "exit", "aiConfirmation", "bracket", "sizing", "fills"
    ]

    /// What other programs' strategies call the same.
    private static let elsewhere = [
        "buy": "entry: a condition such as rsi(14) < 30", "long": "entry: a condition such as rsi(14) < 30",
        "when": "entry: a condition such as rsi(14) < 30",
        "sell": "exit: a condition such as rsi(14) > 70", "close": "exit: a condition such as rsi(14) > 70",
        "stoploss": "bracket: {stop: 3 %}", "stop": "bracket: {stop: 3 %}", "sl": "bracket: {stop: 3 %}",
        "takeprofit": "bracket: {rungs: [{gain: 5 %, share: 100 %}]}", "tp": "bracket: {rungs: [{gain: 5 %, share: 100 %}]}",
        "targets": "bracket: {rungs: [{gain: 5 %, share: 100 %}]}", "minimalroi": "bracket: {rungs: [{gain: 5 %, share: 100 %}]}",
        "trailing": "bracket: {trailing: 2 %}", "trailingstop": "bracket: {trailing: 2 %}",
        "interval": "timeframe: 1h", "tf": "timeframe: 1h", "period": "timeframe: 1h",
        "pairs": "symbols: [BTC/USDT]", "markets": "symbols: [BTC/USDT]", "coins": "symbols: [BTC/USDT]",
        "size": "sizing: {equity: 10 %}", "stake": "sizing: {equity: 10 %}", "stakeamount": "sizing: {equity: 10 %}",
        "maxopentrades": "sizing: {positions: 3}",
        "capital": "sizing: {capital: 10000}", "fee": "fills: {fee: 0.1 %}", "commission": "fills: {fee: 0.1 %}",
        "slippage": "fills: {slippage: 10 bps}"
    ]

    /// - Parameter file: as messages name it.
    static func read(_ bytes: [UInt8], file: String) -> Result<Strategy, ConfigurationError> {
        let guarded = YAMLGuard.check(bytes)
        guard let text = guarded.text else {
            return .failure(ConfigurationError(guarded.problems.map { ConfigurationProblem(file, $0.position, $0.message) }))
        }
        let root: Entry
        do { root = try YAMLReader.read(text) } catch {
            return .failure(ConfigurationError([ConfigurationProblem(file, error.position, error.message)]))
        }
        var reader = StrategyReader(reading: FileReading(file: file), text: text)
        let strategy = reader.strategy(root)
        let issues = reader.reading.issues.sorted { ($0.position ?? Position(line: 0, column: 0)) < ($1.position ?? Position(line: 0, column: 0)) }
        if issues.isEmpty, let strategy { return .success(strategy) }
        return .failure(ConfigurationError(issues.map { ConfigurationProblem(file, $0.position, $0.message) }))
    }

    private mutating func strategy(_ root: Entry) -> Strategy? {
        guard let found = reading.map(root, "", known: Self.keys, elsewhere: Self.elsewhere) else { return nil }
        for key in ["name", "timeframe", "entry"] where found[key] == nil { reading.refuse(root.position, key, "\(key) is missing") }
        let name = found["name"].flatMap { reading.scalar($0, "name", .name) } ?? ""
        let timeframe = found["timeframe"].flatMap { reading.scalar($0, "timeframe", .timeframe) }
        let parameters = found["parameters"].map { self.parameters($0) } ?? []
        _ = found["direction"].flatMap { reading.scalar($0, "direction", .direction) }
        let checker = ExpressionChecker(
            timeframe: timeframe ?? .h1, parameters: Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.usual.double) }))
        // FileReading goes on after a broken entry, so that everything wrong is reported at once.
        let entry = found["entry"].flatMap { condition($0, "entry", checker) } ?? .comparison(.less, .field(.close), .field(.close))
        var strategy = Strategy(name: name, timeframe: timeframe ?? .h1, parameters: parameters, entry: entry)
        if let version = found["version"], let number = reading.scalar(version, "version", Kind<Int>.version) { strategy.version = number }
        if let symbols = found["symbols"] { strategy.symbols = self.symbols(symbols) }
        if let exit = found["exit"] { strategy.exit = condition(exit, "exit", checker) }
        if let confirmation = found["aiConfirmation"] { strategy.aiConviction = conviction(confirmation, timeframe) }
        let names = parameters.map(\.name)
        if let bracket = found["bracket"] { self.bracket(bracket, &strategy.bracket, names) }
        if let sizing = found["sizing"] { self.sizing(sizing, &strategy.sizing, names) }
        if let fills = found["fills"] { self.fills(fills, &strategy.fills, names) }
        guard reading.issues.isEmpty else { return nil }
        do { _ = try strategy.bound() } catch { reading.refuse(found["bracket"]?.position ?? root.position, "bracket", error.description) }
        return strategy
    }

    /// A confirmation without its conviction would confirm everything, and one between the panel's hours nothing.
    private mutating func conviction(_ entry: Entry, _ timeframe: Timeframe?) -> Ratio? {
        guard let values = reading.map(entry, "aiConfirmation", known: ["minimumConviction"]) else { return nil }
        if let timeframe, timeframe.duration < .hours(1) {
            reading.refuse(
                entry.position, "aiConfirmation",
                "aiConfirmation: the panel is asked once an hour, and \(timeframe.rawValue) candles close more often; use 1h or longer ones")
        }
        guard let least = values["minimumConviction"] else {
            reading.refuse(entry.position, "aiConfirmation", "aiConfirmation has no minimumConviction")
            return nil
        }
        return reading.scalar(least, "aiConfirmation.minimumConviction", .conviction)
    }

    private mutating func symbols(_ entry: Entry) -> [Symbol] {
        if case .text("universe") = entry.content { return [] }
        let symbols =
            reading.list(entry, "symbols", expected: "a list such as [BTC/USDT, ETH/USDT], or universe") { reading, entry, key in
                reading.scalar(entry, key, .symbol)
            } ?? []
        for (index, symbol) in symbols.enumerated() where symbols[..<index].contains(symbol) {
            reading.refuse(entry.position, "symbols", "\(symbol) stands in the list twice")
        }
        if symbols.isEmpty, reading.issues.isEmpty {
            reading.refuse(entry.position, "symbols", "no symbol is listed; leave the line away, or write universe, for all there are")
        }
        return symbols
    }

    private mutating func condition(_ entry: Entry, _ key: String, _ checker: ExpressionChecker) -> Condition? {
        guard let expression = reading.scalar(entry, key, .text("an expression such as rsi(14) < 30")) else { return nil }
        switch checker.check(expression) {
        case .success(let condition): return condition
        case .failure(let errors):
            for error in errors.all {
                reading.refuse(SourcePlace.of(error.offset, in: expression, at: entry.position, text), key, "\(key): \(error.message)")
            }
            return nil
        }
    }

    private mutating func parameters(_ entry: Entry) -> [StrategyParameter] {
        guard let pairs = reading.map(entry, "parameters", expected: "parameters such as fast: {default: 9, min: 5, max: 14, step: 1}") else {
            return []
        }
        return pairs.compactMap { pair in
            let key = "parameters.\(pair.key)"
            let isWord = pair.key.utf8.first.map { (97...122).contains($0 | 32) } ?? false
            guard isWord, pair.key.utf8.count <= 40, pair.key.utf8.allSatisfy({ (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 95 })
            else {
                reading.refuse(pair.position, key, "a parameter's name is a word such as fast or stop_distance")
                return nil
            }
            guard !ExpressionChecker.reserved.contains(pair.key) else {
                reading.refuse(pair.position, key, "'\(pair.key)' already means something in an expression")
                return nil
            }
            return parameter(pair, key)
        }
    }

    private mutating func parameter(_ pair: Entry.Pair, _ key: String) -> StrategyParameter? {
        if case .text = pair.value.content {
            return reading.scalar(pair.value, key, .shareOrNumber).map { StrategyParameter(name: pair.key, usual: $0) }
        }
        guard let found = reading.map(pair.value, key, known: ["default", "min", "max", "step", "list"]) else { return nil }
        func number(_ name: String, _ reading: inout FileReading) -> FixedDecimal? {
            found[name].flatMap { reading.scalar($0, "\(key).\(name)", .shareOrNumber) }
        }
        guard let usual = number("default", &reading) else {
            if found["default"] == nil { reading.refuse(pair.position, key, "\(key) has no default") }
            return nil
        }
        if let list = found["list"] {
            let values =
                reading.list(list, "\(key).list", expected: "a list such as [5, 9, 14]") { reading, entry, key in
                    reading.scalar(entry, key, .shareOrNumber)
                } ?? []
            if found.count > 2 { reading.refuse(pair.position, key, "\(key) has a list or min, max and step, not both") }
            return StrategyParameter(name: pair.key, usual: usual, choices: Array(Set(values)).sorted())
        }
        guard found.count > 1 else { return StrategyParameter(name: pair.key, usual: usual) }
        guard let least = number("min", &reading), let most = number("max", &reading), let step = number("step", &reading) else {
            if reading.issues.isEmpty { reading.refuse(pair.position, key, "\(key) needs min, max and step, or a list") }
            return nil
        }
        guard step.isPositive, least <= most, let steps = (most - least).checkedDivided(by: step, rounding: .up), steps <= "9999" else {
            reading.refuse(pair.position, key, "\(key): step is above 0, min at most max, and there are at most 10000 values")
            return nil
        }
        var choices: [FixedDecimal] = [], value = least
        while value <= most { choices.append(value); value = value + step }
        return StrategyParameter(name: pair.key, usual: usual, choices: choices)
    }

    private mutating func share(_ entry: Entry?, _ key: String, _ names: [String], _ into: inout Share) {
        guard let entry else { return }
        if case .text(let text) = entry.content, names.contains(text) {
            into = .parameter(text)
        } else if let ratio = reading.scalar(entry, key, .shareOrParameter) {
            into = .exact(ratio)
        }
    }

    private mutating func bracket(_ entry: Entry, _ rule: inout BracketRule, _ names: [String]) {
        guard let found = reading.map(entry, "bracket", known: ["stop", "rungs", "trailing"]) else { return }
        share(found["stop"], "bracket.stop", names, &rule.stop)
        if let trailing = found["trailing"] {
            if case .text("off") = trailing.content {
                rule.trailing = nil
            } else {
                var offset = Share.exact(.zero)
                share(trailing, "bracket.trailing", names, &offset)
                rule.trailing = offset
            }
        }
        guard let rungs = found["rungs"] else { return }
        let read = reading.list(rungs, "bracket.rungs", expected: "a list of {gain, share}") { _, entry, _ -> Entry? in entry } ?? []
        rule.rungs = []
        for (index, rung) in read.enumerated() {
            let key = "bracket.rungs.\(index)"
            guard let values = reading.map(rung, key, known: ["gain", "share"]) else { continue }
            for name in ["gain", "share"] where values[name] == nil { reading.refuse(rung.position, key, "\(key) has no \(name)") }
            var result = BracketRule.Rung(rise: .exact(.zero), share: .exact(.zero))
            share(values["gain"], "\(key).gain", names, &result.rise)
            share(values["share"], "\(key).share", names, &result.share)
            rule.rungs.append(result)
        }
    }

    private mutating func sizing(_ entry: Entry, _ rule: inout SizingRule, _ names: [String]) {
        guard let found = reading.map(entry, "sizing", known: ["equity", "positions", "capital"]) else { return }
        share(found["equity"], "sizing.equity", names, &rule.equity)
        if let positions = found["positions"], let count = reading.scalar(positions, "sizing.positions", Kind<Int>.positions) {
            rule.positions = count
        }
        if let capital = found["capital"], let amount = reading.scalar(capital, "sizing.capital", .amount) { rule.capital = amount }
    }

    private mutating func fills(_ entry: Entry, _ rule: inout FillRule, _ names: [String]) {
        guard let found = reading.map(entry, "fills", known: ["entry", "order", "accounting", "fee", "slippage"]) else { return }
        if let value = found["entry"], let word = reading.scalar(value, "fills.entry", Kind<FillRule.Moment>.word()) { rule.entry = word }
        if let value = found["order"], let word = reading.scalar(value, "fills.order", Kind<FillRule.Order>.word()) { rule.order = word }
        if let value = found["accounting"], let word = reading.scalar(value, "fills.accounting", Kind<FillRule.Accounting>.word()) {
            rule.accounting = word
        }
        share(found["fee"], "fills.fee", names, &rule.fee)
        share(found["slippage"], "fills.slippage", names, &rule.slippage)
    }
}
