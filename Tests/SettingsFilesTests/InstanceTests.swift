// The strategies that trade, from `instances:`: what is not said, what is refused and where, and that a strategy's
// file is part of the version of the settings.
import Foundation
import Kernel
import Market
import Settings
import Strategies
import Testing
import Trading

@testable import SettingsFiles

@Suite("Instances of strategies")
struct InstanceTests {
    private static let mine = """
        name: mine
        version: 3
        symbols: [AAA/USDT, BBB/USDT]
        timeframe: 1h
        parameters:
          fast: {default: 9, min: 5, max: 14, step: 3}
          loss: 2 %
        entry: ema(fast) > ema(50)
        bracket: {stop: loss}

        """
    private let scratch: Scratch
    init() throws {
        scratch = try Scratch()
        _ = try scratch.write("strategies/mine.yaml", Self.mine)
    }

    private func load(_ text: String) throws -> Result<LoadedConfiguration, ConfigurationError> {
        ConfigurationLoader.load(.file(try scratch.write("carillon.yaml", text)))
    }

    /// Without the folder.
    private func problems(_ text: String) throws -> [String] {
        switch try load(text) {
        case .success(let loaded): loaded.unusable.map { $0.description.replacingOccurrences(of: scratch.path + "/", with: "") }
        case .failure(let error): error.problems.map { $0.description.replacingOccurrences(of: scratch.path + "/", with: "") }
        }
    }

    @Test("what is not said: the strategy's name, version, symbols and values, on paper")
    func defaults() throws {
        let loaded = try load("instances:\n  - {strategy: mine}\n").get()
        #expect(
            loaded.settings.instances == [
                InstanceSettings(name: "mine", strategy: "mine", version: nil, account: "paper", mode: .paper, symbols: nil, parameters: [])
            ])
        let instance = try #require(loaded.instances.first)
        #expect(instance.tag == InstanceTag(name: "mine", strategy: "mine", version: 3) && instance.tag.description == "mine version 3")
        #expect(instance.symbols == [Symbol("AAA/USDT")!, Symbol("BBB/USDT")!] && instance.timeframe == .h1 && !instance.asksPanel)
        #expect(try instance.bound == instance.strategy.bound())
    }

    @Test("what is said goes before: name, symbols and values; one strategy may trade under two names")
    func said() throws {
        let loaded = try load(
            """
            instances:
              - {strategy: mine, version: 3, symbols: [CCC/USDT], account: paper, mode: paper}
              - {name: mine-2, strategy: mine, symbols: universe, parameters: {loss: 5 %, fast: 11}}
              - {strategy: trend-following}

            """
        ).get()
        #expect(loaded.instances.map(\.name) == ["mine", "mine-2", "trend-following"])
        #expect(loaded.instances.map(\.symbols) == [[Symbol("CCC/USDT")!], [], []])
        #expect(try loaded.instances[1].bound == loaded.instances[0].strategy.bound(["fast": "11", "loss": "0.05"]))
        #expect(loaded.instances[1].bound.terms.bracket.stopDistance == "0.05" && loaded.instances[1].tag.description == "mine-2 (mine version 3)")
    }

    @Test(
        "the canonical text loads to the same instances",
        arguments: [
            "{strategy: mine}", "{name: a-1, strategy: mine, version: 3, symbols: universe}",
            "{strategy: mine, symbols: [BBB/USDT, AAA/USDT], parameters: {loss: 1.5 %, fast: 8}}"
        ])
    func canonical(_ instance: String) throws {
        let first = try load("instances: [\(instance)]\n").get()
        _ = try scratch.write("risk.yaml", SettingsText.risk(first.settings))
        let again = try load(SettingsText.main(first.settings)).get()
        #expect(again.settings.instances == first.settings.instances && again.instances == first.instances)
        #expect(SettingsText.main(again.settings) == SettingsText.main(first.settings))
    }

    @Test(
        "is refused with file, line, column and key",
        arguments: [
            ("  - strategy: mien\n", "carillon.yaml:2:15: instances.0.strategy: the strategy 'mien' cannot be used"),
            (
                "  - strategy: mine\n    version: 2\n",
                "carillon.yaml:3:14: instances.0.version: version 2 is asked for, strategies/mine.yaml is version 3"
            ),
            ("  - strategy: mine\n    version: 0\n", "carillon.yaml:3:14: instances.0.version is '0', expected a whole number from 1 on"),
            (
                "  - strategy: mine\n    parameters:\n      fats: 8\n",
                "carillon.yaml:4:13: instances.0.parameters.fats: mine has no parameter 'fats'. Did you mean 'fast'?"
            ),
            (
                "  - strategy: mine\n    parameters: {period: 8}\n",
                "carillon.yaml:3:26: instances.0.parameters.period: mine has no parameter 'period'. It has: fast, loss"
            ),
            (
                "  - strategy: mine\n    parameters: {fast: 15}\n",
                "carillon.yaml:3:24: instances.0.parameters.fast: 15 is outside what mine declares for fast, 5 to 14"
            ),
            (
                "  - strategy: mine\n    parameters: {fast: 4.9}\n",
                "carillon.yaml:3:24: instances.0.parameters.fast: 4.9 is outside what mine declares for fast, 5 to 14"
            ),
            (
                "  - strategy: mine\n    parameters: {fast: quick}\n",
                "carillon.yaml:3:24: instances.0.parameters.fast is 'quick', expected a number such as 9"
            ),
            ("  - strategy: mine\n    parameters: {loss: 200 %}\n", "carillon.yaml:2:5: instances.0: the bracket needs a stop"),
            (
                "  - strategy: mine\n  - name: mine\n    strategy: trend-following\n",
                "carillon.yaml:3:11: instances.1.name: 'mine' is the name of two instances"
            ),
            ("  - strategy: mine\n    symbols: [AAA/USDC]\n", "carillon.yaml:3:14: instances.0.symbols: AAA/USDC is not paid for in USDT"),
            ("  - strategy: mine\n    symbols: []\n", "carillon.yaml:3:14: no symbol is listed"),
            ("  - strategy: mine\n    symbols: [AAA/USDT, AAA/USDT]\n", "carillon.yaml:3:14: AAA/USDT stands in the list twice"),
            ("  - strategy: mine\n    symbols: [AAA]\n", "carillon.yaml:3:15: instances.0.symbols.0 is 'AAA', expected a pair such as BTC/USDT"),
            (
                "  - strategy: mine\n    mode: live\n",
                "carillon.yaml:3:11: instances.0.mode: live needs an account of that mode; account.mode is paper"
            ),
            ("  - strategy: mine\n    mode: real\n", "carillon.yaml:3:11: instances.0.mode is 'real', expected one of paper, live"),
            (
                "  - strategy: mine\n    account: savings\n",
                "carillon.yaml:3:14: instances.0.account: there is no account 'savings'; this version has one, 'paper'"
            ),
            ("  - strategy: mine\n    acount: paper\n", "carillon.yaml:3:5: unknown key 'acount'. Did you mean 'account'?"),
            (
                "  - strategy: mine\ncycle:\n  interval: 4 h\n",
                "carillon.yaml:2:15: instances.0.strategy: its 1h candles close more often than the cycle rings (cycle.interval is 4 h)"
            ),
            ("  - name: mine\n", "carillon.yaml:2:5: instances.0 has no 'strategy', expected a name of small letters"),
            ("  - mine\n", "carillon.yaml:2:5: instances.0 is 'mine', expected settings")
        ])
    func refused(_ list: String, _ expected: String) throws {
        let found = try problems("instances:\n" + list)
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test("a strategy paid for in another currency is refused, and so is a broken file, with its own place")
    func strategyFile() throws {
        _ = try scratch.write("strategies/mine.yaml", Self.mine.replacingOccurrences(of: "BBB/USDT", with: "BBB/EUR"))
        #expect(
            try problems("instances: [{strategy: mine}]\n").contains {
                $0.hasPrefix("carillon.yaml:1:") && $0.contains("instances.0.symbols: BBB/EUR is not paid for in USDT")
            })
        _ = try scratch.write("strategies/mine.yaml", Self.mine.replacingOccurrences(of: "ema(50)", with: "emma(50)"))
        #expect(
            try problems("instances: [{strategy: mine}]\n").contains {
                $0.hasPrefix("strategies/mine.yaml:8:") && $0.contains("no function 'emma'. Did you mean 'ema'?")
            })
    }

    @Test("more than fifty are a slip of the pen", arguments: [(50, true), (51, false)])
    func most(_ count: Int, _ isFine: Bool) throws {
        let text = "instances:\n" + (1...count).map { "  - {name: n-\($0), strategy: mine}\n" }.joined()
        #expect(try problems(text).isEmpty == isFine)
    }

    @Test("an edited strategy file is another version of the settings, adopted when two looks agree")
    func edited() throws {
        let text = "instances: [{strategy: mine}]\n"
        let before = SettingsInForce(try load(text).get(), hash: identity)
        #expect(before.adopting(try load(text), hash: identity) == before)
        _ = try scratch.write("strategies/mine.yaml", Self.mine.replacingOccurrences(of: "ema(50)", with: "ema(40)"))
        let once = before.adopting(try load(text), hash: identity)
        #expect(once.hash == before.hash && once.configuration.instances == before.configuration.instances)
        let twice = once.adopting(try load(text), hash: identity)
        #expect(twice.hash != before.hash && twice.configuration.instances != before.configuration.instances)
        // A broken edit changes nothing.
        _ = try scratch.write("strategies/mine.yaml", "name: mine\n")
        let broken = twice.adopting(try load(text), hash: identity)
        #expect(broken.hash == twice.hash && broken.configuration.instances == twice.configuration.instances && broken.problems != nil)
    }

    @Test("a strategy that cannot be used stays out alone, and is said")
    func alone() throws {
        _ = try scratch.write("strategies/mine.yaml", "name: mine\n")
        let loaded = try load("instances: [{strategy: mine}, {strategy: trend-following}]\n").get()
        #expect(loaded.instances.map(\.name) == ["trend-following"])
        #expect(loaded.unusable.count > 1)
    }

    @Test("a strategy nobody trades is no part of the version")
    func others() throws {
        let before = try load("consensus: {top: 2}\n").get().version(hash: identity)
        _ = try scratch.write("strategies/mine.yaml", "name: mine\n")
        #expect(try load("consensus: {top: 2}\n").get().version(hash: identity) == before)
    }
}
