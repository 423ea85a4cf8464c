// Strategies by name: the files of the configured folder, and behind them the compiled-in ones. A broken file
// is an error; it is not replaced by the compiled-in text behind the person's back.
import Kernel
public import Strategies

/// A strategy and where it is from.
public struct LoadedStrategy: Hashable, Sendable {
    public let strategy: Strategy
    /// As messages name it.
    public let file: String
    /// False for a compiled-in one.
    public let isFile: Bool
    /// The file as it is.
    public let text: String
}

public struct StrategyLibrary: Sendable {
    /// Where `NAME.yaml` files are looked for.
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// - Parameter name: a name, or the path of a `.yaml` file.
    public func load(_ name: String) -> Result<LoadedStrategy, ConfigurationError> {
        let isPath = name.hasSuffix(".yaml") || name.contains("/")
        let path = isPath ? name : "\(folder)/\(name).yaml"
        if !isPath, !FileReader.mayExist(path) { return embedded(name) }
        do {
            let bytes = try FileReader.read(path, limit: YAMLGuard.largestFile).bytes
            return StrategyReader.read(bytes, file: path).flatMap { strategy in
                if !isPath, strategy.name != name {
                    return .failure(ConfigurationError([ConfigurationProblem(path, nil, "its name is '\(strategy.name)', the file's is '\(name)'")]))
                }
                return .success(LoadedStrategy(strategy: strategy, file: path, isFile: true, text: String(decoding: bytes, as: UTF8.self)))
            }
        } catch {
            return .failure(ConfigurationError([ConfigurationProblem(path, nil, error.reason)]))
        }
    }

    /// The names of all: the folder's and the compiled-in ones, in order.
    public var names: [String] {
        let known = EmbeddedStrategies.all.map { String($0.file.dropLast(5)) }
        return Set(known + FolderNames.of(folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }).sorted()
    }

    private func embedded(_ name: String) -> Result<LoadedStrategy, ConfigurationError> {
        guard let found = EmbeddedStrategies.all.first(where: { $0.file == "\(name).yaml" }) else {
            let known = EmbeddedStrategies.all.map { String($0.file.dropLast(5)) }
            let near = NearestName.of(name, among: known).map { " Did you mean '\($0)'?" } ?? ""
            return .failure(
                ConfigurationError([
                    ConfigurationProblem(
                        name, nil, "no strategy of this name in \(folder) or compiled in.\(near) Compiled in: \(known.joined(separator: ", "))")
                ]))
        }
        return StrategyReader.read(Array(found.text.utf8), file: found.file).map {
            LoadedStrategy(strategy: $0, file: found.file, isFile: false, text: found.text)
        }
    }
}
