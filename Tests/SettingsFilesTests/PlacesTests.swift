// Which file and which home are meant, rule by rule.
import Testing

@testable import SettingsFiles

@Suite("Places")
struct PlacesTests {
    @Test(
        "the first file that may be there is the one",
        arguments: [
            (nil, ["config/carillon.yaml", "/etc/carillon/carillon.yaml"], .file("config/carillon.yaml")),
            (nil, ["/xdg/carillon/carillon.yaml", "/etc/carillon/carillon.yaml"], .file("/xdg/carillon/carillon.yaml")),
            (nil, ["/etc/carillon/carillon.yaml"], .file("/etc/carillon/carillon.yaml")),
            (nil, [], .defaults),
            ("missing.yaml", [], .file("missing.yaml"))
        ] as [(String?, [String], ConfigurationPlace)])
    func configuration(_ option: String?, _ there: [String], _ expected: ConfigurationPlace) {
        let locator = ConfigurationLocator(environment: { ["XDG_CONFIG_HOME": "/xdg/", "HOME": "/home/me"][$0] }, mayExist: { there.contains($0) })
        #expect(locator.locate(option: option) == expected)
    }

    @Test("without XDG_CONFIG_HOME, or with a relative one, it is ~/.config", arguments: [nil, "relative"] as [String?])
    func xdg(_ folder: String?) {
        let locator = ConfigurationLocator(environment: { $0 == "HOME" ? "/home/me" : folder }, mayExist: { _ in false })
        #expect(locator.candidates == ["config/carillon.yaml", "/home/me/.config/carillon/carillon.yaml", "/etc/carillon/carillon.yaml"])
    }

    @Test(
        "candles follow the option, the installation, the person's data folder",
        arguments: [
            ("/srv/x/", [:], true, "/srv/x"), (nil, ["HOME": "/home/me"], true, "/var/lib/carillon/candles"),
            (nil, ["HOME": "/home/me"], false, "/home/me/.local/share/carillon/candles"),
            (nil, ["HOME": "/home/me", "XDG_DATA_HOME": "/d"], false, "/d/carillon/candles")
        ] as [(String?, [String: String], Bool, String)])
    func candles(_ option: String?, _ environment: [String: String], _ installed: Bool, _ expected: String) throws {
        #expect(try CandleStoreLocator(environment: { environment[$0] }, mayExist: { _ in installed }).locate(option: option) == expected)
        #expect(throws: NoCandleStore.self) { try CandleStoreLocator(environment: { _ in nil }, mayExist: { _ in false }).locate() }
    }

    @Test(
        "the home follows the option, systemd, the installation, the person",
        arguments: [
            ("/srv/x/", ["STATE_DIRECTORY": "/a"], true, HomePlace(path: "/srv/x", logs: "/srv/x/logs", source: .option)),
            (
                nil, ["STATE_DIRECTORY": "/a:/b", "LOGS_DIRECTORY": "/var/log/c:/d"], true,
                HomePlace(path: "/a", logs: "/var/log/c", source: .stateDirectory)
            ),
            (nil, ["HOME": "/home/me"], true, HomePlace(path: "/var/lib/carillon", logs: "/var/lib/carillon/logs", source: .installed)),
            (
                nil, ["HOME": "/home/me"], false,
                HomePlace(path: "/home/me/.local/state/carillon", logs: "/home/me/.local/state/carillon/logs", source: .user)
            ),
            (nil, ["HOME": "/home/me", "XDG_STATE_HOME": "/s"], false, HomePlace(path: "/s/carillon", logs: "/s/carillon/logs", source: .user))
        ] as [(String?, [String: String], Bool, HomePlace)])
    func home(_ option: String?, _ environment: [String: String], _ installed: Bool, _ expected: HomePlace) throws {
        let locator = HomeLocator(environment: { environment[$0] }, mayExist: { $0 == "/var/lib/carillon" && installed })
        let place = try locator.locate(option: option)
        #expect(place == expected)
        #expect(place.mustBeNamed == (expected.source != .user))
    }

    @Test(
        "a demo has a folder of its own below the person's state, never the home of real hours",
        arguments: [
            ("/srv/x/", ["HOME": "/home/me"], HomePlace(path: "/srv/x", logs: "/srv/x/logs", source: .option)),
            (
                nil, ["HOME": "/home/me"],
                HomePlace(
                    path: "/home/me/.local/state/carillon/demo/synthetic-7", logs: "/home/me/.local/state/carillon/demo/synthetic-7/logs",
                    source: .demo)
            ),
            (
                nil, ["HOME": "/home/me", "STATE_DIRECTORY": "/a"],
                HomePlace(path: "/a/demo/synthetic-7", logs: "/a/demo/synthetic-7/logs", source: .demo)
            )
        ] as [(String?, [String: String], HomePlace)])
    func demoHome(_ option: String?, _ environment: [String: String], _ expected: HomePlace) throws {
        let place = try HomeLocator(environment: { environment[$0] }, mayExist: { _ in true }).demo(option: option, world: "synthetic:7")
        #expect(place == expected && place.mustBeNamed)
        #expect(throws: NoHome()) { try HomeLocator(environment: { _ in nil }, mayExist: { _ in true }).demo(world: "synthetic:7") }
    }

    @Test("with no home at all it says so")
    func homeless() {
        #expect(throws: NoHome()) { try HomeLocator(environment: { _ in nil }, mayExist: { _ in false }).locate() }
    }

    @Test(
        "paths are relative to the configuration file",
        arguments: [
            ("config/carillon.yaml", "risk.yaml", "config/risk.yaml"), ("config/carillon.yaml", "../prompts", "prompts"),
            ("/etc/carillon/carillon.yaml", "./a/b", "/etc/carillon/a/b"), ("/etc/carillon/carillon.yaml", "/abs", "/abs"),
            ("carillon.yaml", "risk.yaml", "risk.yaml"), ("../carillon.yaml", "../x", "../../x")
        ])
    func join(_ file: String, _ path: String, _ expected: String) { #expect(ConfigurationLoader.join(file, path) == expected) }
}
