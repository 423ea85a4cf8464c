// The settings that are lists and groups of their own: panel seats, ladder rungs, model prices,
// coin overrides.
import Kernel
import Settings

extension Field {
    static let panel = Field(
        name: "panel",
        read: { reading, entry, key, settings in
            let seats = reading.list(entry, key, expected: "a list of analysts such as - {name: trend, kind: indicator, role: voter}", seat)
            if let seats { settings.panel.analysts = seats }
        }, text: { "[" + $0.panel.analysts.map(seatText).joined(separator: ", ") + "]" })

    private static func seat(_ reading: inout FileReading, _ entry: Entry, _ key: String) -> AnalystSettings? {
        guard let found = reading.map(entry, key, known: ["name", "kind", "role", "model", "provider"]) else { return nil }
        let name = required(&reading, found, entry, key, "name", Kind<String>.text("an analyst's name such as trend"))
        let kind = required(&reading, found, entry, key, "kind", Kind<AnalystSettings.Kind>.word())
        let role = required(&reading, found, entry, key, "role", Kind<AnalystRole>.role)
        let model = found["model"].map { reading.scalar($0, "\(key).model", Kind<String>.text("a model's id")) }
        let provider = found["provider"].map { reading.scalar($0, "\(key).provider", Kind<ModelProvider>.word()) }
        guard let name, let kind, let role else { return nil }
        return AnalystSettings(name, kind, role, model: model ?? nil, provider: provider ?? nil)
    }

    private static func seatText(_ seat: AnalystSettings) -> String {
        var parts = ["name: \(Plain.quoted(seat.name))", "kind: \(seat.kind.rawValue)", "role: \(seat.role.rawValue)"]
        if let model = seat.model { parts.append("model: \(Plain.quoted(model))") }
        if let provider = seat.provider { parts.append("provider: \(provider.rawValue)") }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    static let rungs = Field(
        name: "rungs",
        read: { reading, entry, key, settings in
            let rungs = reading.list(entry, key, expected: "a list of rungs such as - {gain: 3 %, share: 33 %}") { reading, entry, key -> Rung? in
                guard let found = reading.map(entry, key, known: ["gain", "share"]) else { return nil }
                let gain = required(&reading, found, entry, key, "gain", Kind<Ratio>.share)
                let share = required(&reading, found, entry, key, "share", Kind<Ratio>.share)
                guard let gain, let share else { return nil }
                return Rung(gain: gain, share: share)
            }
            if let rungs { settings.bracket.rungs = rungs }
        }, text: { "[" + $0.bracket.rungs.map { "{gain: \($0.gain.percentText), share: \($0.share.percentText)}" }.joined(separator: ", ") + "]" })

    static let prices = Field(
        name: "prices",
        read: { reading, entry, key, settings in
            let expected = "models with their prices such as some-model: {input: 1, output: 5}"
            guard let pairs = reading.map(entry, key, expected: expected) else { return }
            var prices: [ModelPrice] = []
            for pair in pairs {
                if let price = price(&reading, pair, "\(key).\(pair.key)") { prices.append(price) }
            }
            settings.models.prices = prices.sorted { $0.model < $1.model }
        }, text: { "{" + $0.models.prices.map { "\(Plain.quoted($0.model)): \(priceText($0))" }.joined(separator: ", ") + "}" })

    private static func price(_ reading: inout FileReading, _ pair: Entry.Pair, _ key: String) -> ModelPrice? {
        if case .text("free") = pair.value.content { return .free(pair.key) }
        guard case .map = pair.value.content else {
            reading.refuse(
                pair.value.position, key, "\(reading.shown(key)) has no price, expected free, or USD per million tokens such as {input: 1, output: 5}"
            )
            return nil
        }
        guard let found = reading.map(pair.value, key, known: ["input", "output", "cachedInput"]) else { return nil }
        let input = required(&reading, found, pair.value, key, "input", .decimal)
        let output = required(&reading, found, pair.value, key, "output", .decimal)
        let cached = found["cachedInput"].map { reading.scalar($0, "\(key).cachedInput", .decimal) }
        guard let input, let output else { return nil }
        return ModelPrice(model: pair.key, input: input, output: output, cachedInput: cached ?? nil)
    }

    private static func priceText(_ price: ModelPrice) -> String {
        let cached = price.cachedInput.map { ", cachedInput: \($0)" } ?? ""
        return "{input: \(price.input), output: \(price.output)\(cached)}"
    }

    static let overrides = Field(
        name: "overrides",
        read: { reading, entry, key, settings in
            guard let pairs = reading.map(entry, key, expected: "coins such as BTC: bitcoin") else { return }
            var overrides: [CoinOverride] = []
            for pair in pairs {
                guard let coin = reading.scalar(pair.value, "\(key).\(pair.key)", .text("a CoinGecko id such as bitcoin")) else { continue }
                guard let currency = Currency(pair.key) else {
                    reading.refuse(pair.position, "\(key).\(pair.key)", "\(Echo.quoted(pair.key)) is no currency code, expected capitals such as BTC")
                    continue
                }
                overrides.append(CoinOverride(currency: currency, coin: coin))
            }
            settings.universe.overrides = overrides.sorted { $0.currency < $1.currency }
        }, text: { "{" + $0.universe.overrides.map { "\(Plain.quoted($0.currency.code)): \(Plain.quoted($0.coin))" }.joined(separator: ", ") + "}" })

    static let sound = Field(
        name: "sound",
        read: { reading, entry, key, settings in
            guard let found = reading.map(entry, key, known: ["trades"]) else { return }
            if let trades = found["trades"].flatMap({ reading.scalar($0, "\(key).trades", .onOff) }) { settings.telegram.sound.trades = trades }
        }, text: { "{trades: \($0.telegram.sound.trades)}" })

    /// A part that must stand in a group.
    static func required<Value>(
        _ reading: inout FileReading, _ found: [String: Entry], _ group: Entry, _ key: String, _ name: String,
        _ kind: Kind<Value>
    ) -> Value? {
        if let entry = found[name] { return reading.scalar(entry, "\(key).\(name)", kind) }
        reading.refuse(group.position, key, "\(reading.shown(key)) has no '\(name)', expected \(kind.expected)")
        return nil
    }
}

extension Kind where Value == AnalystRole {
    fileprivate static let role = Kind(expected: "voter or guard", parse: { AnalystRole(rawValue: $0) }, text: { $0.rawValue })
}
