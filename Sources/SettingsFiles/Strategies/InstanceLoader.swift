// From the settings' instances to strategies that can trade: each one's file is read, its version and its
// values are checked, and every problem is reported at the place where it was written.
import Kernel
import Market
import Settings
import Strategies
import Trading

struct InstanceLoader {
    let library: StrategyLibrary
    let settings: CarillonSettings
    /// The main file, and where a setting stands in it.
    let file: String
    let position: (String) -> Position?
    private(set) var instances: [StrategyInstance] = []
    /// The strategies' files, one after the other: they are part of a version of the settings.
    private(set) var texts = ""
    private(set) var problems: [ConfigurationProblem] = []

    init(_ library: StrategyLibrary, _ settings: CarillonSettings, file: String, position: @escaping (String) -> Position?) {
        self.library = library
        self.settings = settings
        self.file = file
        self.position = position
        for (index, instance) in settings.instances.enumerated() { load(instance, "instances.\(index)") }
    }

    private mutating func load(_ instance: InstanceSettings, _ key: String) {
        switch library.load(instance.strategy) {
        case .failure(let error):
            refuse("\(key).strategy", "the strategy \(Echo.quoted(instance.strategy)) cannot be used")
            problems += error.problems
        case .success(let loaded): bind(instance, loaded, key)
        }
    }

    private mutating func bind(_ instance: InstanceSettings, _ loaded: LoadedStrategy, _ key: String) {
        let strategy = loaded.strategy, before = problems.count
        if let version = instance.version, version != strategy.version {
            refuse("\(key).version", "version \(version) is asked for, \(loaded.file) is version \(strategy.version)")
        }
        if strategy.timeframe >= .h1, strategy.timeframe.duration < settings.cycle.interval {
            refuse(
                "\(key).strategy",
                "its \(strategy.timeframe.rawValue) candles close more often than the cycle rings (cycle.interval is "
                    + "\(settings.cycle.interval.plainText))"
            )
        }
        for value in instance.parameters { check(value, strategy, "\(key).parameters.\(value.parameter)") }
        let symbols = instance.symbols ?? strategy.symbols
        if let other = symbols.first(where: { $0.quote != settings.account.quote }) {
            refuse("\(key).symbols", "\(other) is not paid for in \(settings.account.quote), which is what the account holds (account.quote)")
        }
        guard problems.count == before else { return }
        do throws(StrategyError) {
            let values = Dictionary(instance.parameters.map { ($0.parameter, $0.value) }, uniquingKeysWith: { $1 })
            let bound = try strategy.bound(values)
            let warmUp = max(bound.entry.warmUp, bound.exit?.warmUp ?? 0)
            guard warmUp < StrategyInstance.mostCandles else {
                return refuse(key, "its rules need \(warmUp) candles before they say anything, and at most \(StrategyInstance.mostCandles) are read")
            }
            instances.append(try StrategyInstance(name: instance.name, strategy, symbols: instance.symbols, values: values))
            texts += loaded.text + "---\n"
        } catch {
            refuse(key, error.description)
        }
    }

    private mutating func check(_ value: InstanceSettings.Value, _ strategy: Strategy, _ key: String) {
        guard let parameter = strategy.parameters.first(where: { $0.name == value.parameter }) else {
            let names = strategy.parameters.map(\.name)
            let near = NearestName.of(value.parameter, among: names).map { " Did you mean '\($0)'?" } ?? ""
            return refuse(
                key,
                "\(strategy.name) has no parameter \(Echo.quoted(value.parameter)).\(near)"
                    + (near.isEmpty && !names.isEmpty ? " It has: \(names.joined(separator: ", "))" : ""))
        }
        if let least = parameter.choices.first, let most = parameter.choices.last, value.value < least || value.value > most {
            refuse(key, "\(value.value) is outside what \(strategy.name) declares for \(parameter.name), \(least) to \(most)")
        }
    }

    private mutating func refuse(_ key: String, _ message: String) {
        problems.append(ConfigurationProblem(file, position(key), "\(key): \(message)"))
    }
}
