// Who asks for something to be done: a command of the terminal today, a chat or a page tomorrow.
import Glibc
package import Ports
package import SettingsFiles

/// The home and the settings somebody named, and how they hear at once what cannot wait for a result.
package struct Caller: Sendable {
    /// The folder of the journal; nil if nobody named one.
    package let homeOption: String?
    /// The configuration file; nil if nobody named one.
    package let configOption: String?
    /// Variables by their names: keys, and where folders are.
    package let environment: @Sendable (String) -> String?
    /// The time that the caller lives in.
    package let clock: any Clock
    /// Takes a line, or several, that a person reads while the work goes on.
    package let say: @Sendable (String) -> Void

    package init(
        home: String? = nil, config: String? = nil, environment: @escaping @Sendable (String) -> String? = Self.process,
        clock: any Clock = SystemClock(), say: @escaping @Sendable (String) -> Void
    ) {
        homeOption = home
        configOption = config
        self.environment = environment
        self.clock = clock
        self.say = say
    }

    /// This process's environment.
    package static let process: @Sendable (String) -> String? = { name in getenv(name).map { String(cString: $0) } }

    /// The settings in force; what is wrong with them is reported, every problem on a line of its own.
    package func settings() throws(Failure) -> LoadedConfiguration {
        switch ConfigurationLoader.load(settingsPlace) {
        case .success(let loaded): return loaded
        case .failure(let error):
            say(error.render())
            throw Failure.said(.configuration)
        }
    }

    /// Where the settings are looked for.
    package var settingsPlace: ConfigurationPlace { ConfigurationLocator(environment: environment).locate(option: configOption) }

    /// Where the journal is.
    package func home() throws(Failure) -> HomeFolder {
        do { return HomeFolder(try HomeLocator(environment: environment).locate(option: homeOption)) } catch {
            throw Failure(.noPermission, error.description)
        }
    }

    /// Where a demo keeps its journal.
    package func demoHome(world: String) throws(Failure) -> HomeFolder {
        do { return HomeFolder(try HomeLocator(environment: environment).demo(option: homeOption, world: world)) } catch {
            throw Failure(.noPermission, error.description)
        }
    }

    /// Where the lab's candles are.
    /// - Parameter option: the folder somebody named.
    package func candleStore(_ option: String?) throws(Failure) -> String {
        do { return try CandleStoreLocator(environment: environment).locate(option: option) } catch {
            throw Failure(.noPermission, error.description)
        }
    }

    /// Settings, and the home's folder made if it is missing; with broken settings nothing is made.
    package func ground() throws(Failure) -> (LoadedConfiguration, HomeFolder) {
        let configuration = try settings(), folder = try home()
        try folder.prepare()
        return (configuration, folder)
    }
}
