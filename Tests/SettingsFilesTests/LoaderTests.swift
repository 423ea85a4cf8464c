// The loader with real files: the risk file beside the main one, what cannot be read, and how long it takes.
import Kernel
import Settings
import Testing

@testable import SettingsFiles

@Suite("Loading files")
struct LoaderTests {
    @Test("the risk file is found beside the main file, and a profile can be changed number by number")
    func riskFile() throws {
        let scratch = try Scratch()
        let main = try scratch.write("a/carillon.yaml", "risk: ../b/limits.yaml\n")
        _ = try scratch.write("b/limits.yaml", "drawdown: 10 %\nprofile: bold\n")
        let loaded = try ConfigurationLoader.load(.file(main)).get()
        #expect(loaded.settings.risk.profile == .bold)
        #expect(loaded.settings.risk.drawdown == "0.1")
        #expect(loaded.settings.risk.kellyFactor == "0.5")
        #expect(loaded.resolve("../prompts") == scratch.path + "/prompts")
    }

    @Test("a risk file may be missing only where nobody names it")
    func missingRiskFile() throws {
        let scratch = try Scratch()
        let silent = try scratch.write("carillon.yaml", "consensus: {top: 1}\n")
        #expect(try ConfigurationLoader.load(.file(silent)).get().settings.risk == RiskLimits())
        let named = try scratch.write("named.yaml", "consensus: {top: 1}\nrisk: gone.yaml\n")
        guard case .failure(let error) = ConfigurationLoader.load(.file(named)) else { Issue.record("accepted"); return }
        let gone = Echo.of("\(scratch.path)/gone.yaml")
        #expect(error.problems.map(\.description) == ["\(named):2:7: the risk file \(gone) cannot be read: No such file or directory"])
    }

    @Test("what is no file is refused")
    func noFile() throws {
        let scratch = try Scratch()
        for (path, reason) in [
            ("\(scratch.path)/none.yaml", "cannot be read: No such file or directory"), (scratch.path, "is not a file"),
            ("/dev/zero", "is not a file")
        ] {
            guard case .failure(let error) = ConfigurationLoader.load(.file(path)) else { Issue.record("accepted"); return }
            #expect(error.render() == "\(path): \(reason)\nnothing was changed (exit 78)")
        }
    }

    @Test("loading the shipped files takes a few milliseconds")
    func speed() throws {
        let file = repository + "/config/carillon.yaml"
        _ = ConfigurationLoader.load(.file(file))
        let clock = ContinuousClock()
        let best = (0..<20).map { _ in clock.measure { _ = ConfigurationLoader.load(.file(file)) } }.min()!
        print("loading carillon.yaml and risk.yaml: \(best)")
        // Bounded loosely here: a debug build on a shared machine is several times slower than a release.
        #expect(best < .milliseconds(100))
    }
}
