// Loads the configuration a place names. Promise: valid settings or every reason why not, never a
// part; and if there is no file, no file is opened and no YAML parser is woken.
import Kernel
public import Settings
public import Strategies

/// The settings in a file, and where the file is.
public struct LoadedConfiguration: Hashable, Sendable {
    public let settings: CarillonSettings
    /// The main file; nil if the defaults are used.
    public let file: String?
    /// The strategies that trade, in the order of the settings.
    public let instances: [StrategyInstance]
    /// Why strategies that should trade cannot. They alone stay out: open positions, and everything that is looked at,
    /// must not hang on a strategy's file.
    public let unusable: [ConfigurationProblem]
    /// Their files' texts: with the settings they make up a version.
    public let strategyTexts: String

    public init(
        settings: CarillonSettings, file: String?, instances: [StrategyInstance] = [], unusable: [ConfigurationProblem] = [],
        strategyTexts: String = ""
    ) {
        self.settings = settings
        self.file = file
        self.instances = instances
        self.unusable = unusable
        self.strategyTexts = strategyTexts
    }

    /// Everything that decides, as one text: the settings and the strategies that trade.
    public var versionText: String {
        strategyTexts.isEmpty ? SettingsText.canonical(settings) : SettingsText.canonical(settings) + "---\n" + strategyTexts
    }

    /// Names this version of settings and strategies; `hash` is given UTF-8 bytes.
    public func version(hash: ([UInt8]) -> String) -> String {
        hash(Array(versionText.utf8))
    }

    /// A path of the settings, relative to the main file's folder, or to the current one without a file.
    public func resolve(_ path: String) -> String { ConfigurationLoader.join(file, path) }
}

public enum ConfigurationLoader {
    /// Reads the main file, the risk file it names, and the strategies that trade.
    public static func load(_ place: ConfigurationPlace) -> Result<LoadedConfiguration, ConfigurationError> {
        guard case .file(let file) = place else { return .success(LoadedConfiguration(settings: .default, file: nil)) }
        var reader = SettingsReader()
        do {
            reader.readMain(try FileReader.read(file, limit: YAMLGuard.largestFile).bytes, file: file)
        } catch {
            reader.refuse(file, nil, error.reason)
            return reader.result().map { LoadedConfiguration(settings: $0, file: file) }
        }
        readRisk(&reader, main: file)
        return reader.result().map { withInstances($0, file, reader) }
    }

    /// What can still be read of a file with mistakes, for telling somebody about them: the chat and the zone of reports.
    /// Everything else has its default, and nothing may be traded by it.
    public static func forAlerts(_ place: ConfigurationPlace) -> LoadedConfiguration {
        guard case .file(let file) = place, let bytes = try? FileReader.read(file, limit: YAMLGuard.largestFile).bytes else {
            return LoadedConfiguration(settings: .default, file: nil)
        }
        var reader = SettingsReader(), alone = SettingsReader(), settings = CarillonSettings.default
        reader.readMain(bytes, file: file)
        // If the file as a whole is no YAML, the section may still be.
        alone.readMain(section("telegram:", of: bytes), file: file)
        settings.telegram = reader.settings.telegram.enabled ? reader.settings.telegram : alone.settings.telegram
        settings.report = reader.settings.report
        return LoadedConfiguration(settings: settings, file: file)
    }

    /// The lines of one section, from its name to the next line that is not indented.
    private static func section(_ name: String, of bytes: [UInt8]) -> [UInt8] {
        var lines: [Substring] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            if lines.isEmpty ? line.hasPrefix(name) : line.hasPrefix(" ") || line.hasPrefix("#") {
                lines.append(line)
            } else if !lines.isEmpty {
                break
            }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func withInstances(_ settings: CarillonSettings, _ file: String, _ reader: SettingsReader) -> LoadedConfiguration {
        let loader = InstanceLoader(
            StrategyLibrary(folder: join(file, settings.paths.strategies)), settings, file: file, position: { reader.mainPosition(of: $0) })
        return LoadedConfiguration(
            settings: settings, file: file, instances: loader.instances, unusable: loader.problems, strategyTexts: loader.texts)
    }

    /// A missing risk file is an error only if the main file names it.
    private static func readRisk(_ reader: inout SettingsReader, main: String) {
        let path = join(main, reader.settings.paths.risk)
        let named = reader.riskPathPosition
        if named == nil, !FileReader.mayExist(path) { return }
        do {
            reader.readRisk(try FileReader.read(path, limit: YAMLGuard.largestFile).bytes, file: path)
        } catch {
            reader.refuse(main, named, "the risk file \(Echo.of(path)) \(error.reason)")
        }
    }

    /// `path` if it is absolute or there is no file, else below the folder of `file`, without `./` and,
    /// if it can be told without looking, without `..`.
    static func join(_ file: String?, _ path: String) -> String {
        guard let file, !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        var folder = file[..<slash].split(separator: "/", omittingEmptySubsequences: true)
        for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == "..", let last = folder.last, last != ".." { folder.removeLast() } else { folder.append(part) }
        }
        return (file.hasPrefix("/") ? "/" : "") + folder.joined(separator: "/")
    }
}
