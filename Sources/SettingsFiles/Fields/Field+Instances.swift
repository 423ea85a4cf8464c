// The setting that says which strategies trade.
import Market
import Settings

extension Field {
    static let instances = Field(
        name: "instances",
        read: { reading, entry, key, settings in
            let list = reading.list(entry, key, expected: "a list of strategies such as - {strategy: trend-following}", instance)
            if let list { settings.instances = list }
        }, text: { "[" + $0.instances.map(instanceText).joined(separator: ", ") + "]" })

    private static func instance(_ reading: inout FileReading, _ entry: Entry, _ key: String) -> InstanceSettings? {
        guard let found = reading.map(entry, key, known: ["name", "strategy", "version", "account", "mode", "symbols", "parameters"]) else {
            return nil
        }
        let strategy = required(&reading, found, entry, key, "strategy", Kind<String>.name)
        let name = found["name"].map { reading.scalar($0, "\(key).name", Kind<String>.name) } ?? strategy
        guard let strategy, let name else { return nil }
        var instance = InstanceSettings(name: name, strategy: strategy)
        if let version = found["version"] { instance.version = reading.scalar(version, "\(key).version", Kind<Int>.version) }
        if let account = found["account"] { instance.account = reading.scalar(account, "\(key).account", Kind<String>.name) ?? "" }
        if let mode = found["mode"], let word = reading.scalar(mode, "\(key).mode", Kind<AccountMode>.word()) { instance.mode = word }
        if let symbols = found["symbols"] { instance.symbols = Self.symbols(&reading, symbols, "\(key).symbols") }
        if let parameters = found["parameters"] { instance.parameters = Self.parameters(&reading, parameters, "\(key).parameters") }
        return instance
    }

    /// nil for the universe, and for a list that cannot be read, which is then an issue.
    private static func symbols(_ reading: inout FileReading, _ entry: Entry, _ key: String) -> [Symbol]? {
        if case .text("universe") = entry.content { return [] }
        let symbols = reading.list(entry, key, expected: "a list such as [BTC/USDT, ETH/USDT], or universe") { reading, entry, key in
            reading.scalar(entry, key, .symbol)
        }
        for (index, symbol) in (symbols ?? []).enumerated() where symbols?[..<index].contains(symbol) ?? false {
            reading.refuse(entry.position, key, "\(symbol) stands in the list twice")
        }
        if symbols == [] { reading.refuse(entry.position, key, "no symbol is listed; leave the line away for the strategy's own, or write universe") }
        return symbols
    }

    private static func parameters(_ reading: inout FileReading, _ entry: Entry, _ key: String) -> [InstanceSettings.Value] {
        guard let pairs = reading.map(entry, key, expected: "values such as fast: 9") else { return [] }
        return pairs.compactMap { pair in
            reading.scalar(pair.value, "\(key).\(pair.key)", .shareOrNumber).map { InstanceSettings.Value(parameter: pair.key, value: $0) }
        }.sorted { $0.parameter < $1.parameter }
    }

    private static func instanceText(_ instance: InstanceSettings) -> String {
        var parts = ["name: \(instance.name)", "strategy: \(instance.strategy)"]
        if let version = instance.version { parts.append("version: \(version)") }
        parts += ["account: \(instance.account)", "mode: \(instance.mode.rawValue)"]
        if let symbols = instance.symbols {
            parts.append("symbols: " + (symbols.isEmpty ? "universe" : "[\(symbols.map(\.description).joined(separator: ", "))]"))
        }
        if !instance.parameters.isEmpty {
            parts.append("parameters: {\(instance.parameters.map { "\($0.parameter): \($0.value)" }.joined(separator: ", "))}")
        }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}
