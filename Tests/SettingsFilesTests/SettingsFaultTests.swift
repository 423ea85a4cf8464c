// The faults of a configuration that is edited while the program runs (catalogue rows 73 to 75).
import Settings
import Testing

@testable import SettingsFiles

@Suite("A configuration edited while running")
struct SettingsFaultTests {
    private func inForce(_ main: String) throws -> SettingsInForce {
        SettingsInForce(LoadedConfiguration(settings: try read(main).get(), file: "f"), hash: identity)
    }

    private func look(_ main: String, risk: String? = nil) -> Result<LoadedConfiguration, ConfigurationError> {
        read(main, risk: risk).map { LoadedConfiguration(settings: $0, file: "f") }
    }

    @Test("an edit to something invalid changes nothing and is shown")
    func F073_editedToInvalid() throws {
        let before = try inForce("consensus: {top: 2}\n")
        let after = before.adopting(look("consensus: {top: two}\n"), hash: identity)
        #expect(after.settings.consensus.top == 2)
        #expect(after.hash == before.hash)
        #expect(after.problems?.problems.first?.description == "config/carillon.yaml:1:18: consensus.top is 'two', expected a whole number such as 3")
        let repaired = after.adopting(look("consensus: {top: 2}\n"), hash: identity)
        #expect(repaired == before)
    }

    @Test("a valid edit is adopted when two looks in a row agree, and has another hash")
    func F073_adopted() throws {
        let before = try inForce("consensus: {top: 2}\n")
        let once = before.adopting(look("consensus: {top: 1}\n"), hash: identity)
        #expect(once.settings.consensus.top == 2)
        let twice = once.adopting(look("consensus: {top: 1}\n"), hash: identity)
        #expect(twice.settings.consensus.top == 1)
        #expect(twice.hash != before.hash && twice.problems == nil)
    }

    @Test(
        "a value above a compiled-in ceiling is refused with the limit beside it",
        arguments: [
            ("riskPerTrade: 50 %\n", "1:15: riskPerTrade: 50 % is above the compiled-in ceiling of 2 %"),
            ("riskPerTrade: 2\n", "1:15: riskPerTrade: 200 % is above the compiled-in ceiling of 2 %"),
            ("riskPerTrade: 2.000000001 %\n", "1:15: riskPerTrade: 2.000000001 % is above the compiled-in ceiling of 2 %"),
            ("heat: 0.07\n", "1:7: heat: 7 % is above the compiled-in ceiling of 6 %"),
            ("dailyLoss: 11%\n", "1:12: dailyLoss: 11 % is above the compiled-in ceiling of 10 %"),
            ("drawdown: 30 %\n", "1:11: drawdown: 30 % is above the compiled-in ceiling of 25 %"),
            ("kellyFactor: 1\n", "1:14: kellyFactor: 100 % is above the compiled-in ceiling of 50 %"),
            ("heat: -1 %\n", "1:7: heat: -1 % is not above 0 %")
        ])
    func F074_dangerousButValid(_ risk: String, _ expected: String) throws {
        #expect(problems("cycle: {}\n", risk: risk).first == "config/risk.yaml:" + expected)
        let before = try inForce("cycle: {}\n")
        let bad = look("cycle: {}\n", risk: risk)
        let after = before.adopting(bad, hash: identity).adopting(bad, hash: identity)
        #expect(after.settings == before.settings && after.problems != nil)
    }

    @Test("a loosening within the ceiling is named, a tightening is not")
    func F074_loosened() throws {
        let old = RiskLimits(profile: .cautious)
        #expect(
            RiskLimits(profile: .bold).loosened(from: old).map(\.description) == [
                "risk.riskPerTrade: 2 % allows more than 0.5 %", "risk.heat: 6 % allows more than 2 %", "risk.dailyLoss: 10 % allows more than 3 %",
                "risk.drawdown: 20 % allows more than 8 %", "risk.kellyFactor: 0.5 allows more than 0.1"
            ])
        #expect(old.loosened(from: RiskLimits(profile: .bold)) == [])
    }

    @Test(
        "a half-written file is refused",
        arguments: [
            ("", "config/carillon.yaml: holds no settings; was it half written? Without the file the defaults are used"),
            ("\n \n", "config/carillon.yaml: holds no settings; was it half written? Without the file the defaults are used"),
            (
                "# Carillon's settings.\n# Every",
                "config/carillon.yaml: holds no settings; was it half written? Without the file the defaults are used"
            ),
            ("consensus:\n  top: 1", "config/carillon.yaml: does not end with a line break; was it half written?"),
            ("panel:\n  - {name: trend,\n", "config/carillon.yaml:3:1: is not valid YAML here: did not find expected node content")
        ])
    func F075_halfWritten(_ text: String, _ expected: String) { #expect(problems(text) == [expected]) }

    @Test("cut anywhere inside a line, the shipped settings are never adopted")
    func F075_cutAnywhere() throws {
        let whole = Array("consensus: {top: 2}\ncycle:\n  candles: 120\n".utf8)
        let before = try inForce(identity(whole))
        for length in 0..<whole.count {
            let cut = look(identity(Array(whole.prefix(length))))
            #expect(before.adopting(cut, hash: identity).settings == before.settings)
        }
    }
}
