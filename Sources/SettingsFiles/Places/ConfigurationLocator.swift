// Which configuration file is meant: the one that was named, else the first of the usual places that
// may have one, else none. A file that may be there but cannot be looked at counts as there: its
// error is better than defaults nobody asked for.

public enum ConfigurationPlace: Hashable, Sendable {
    case file(String)
    /// No file anywhere: `CarillonSettings.default`.
    case defaults
}

public struct ConfigurationLocator: Sendable {
    private let environment: @Sendable (String) -> String?
    private let mayExist: @Sendable (String) -> Bool

    /// `mayExist` is false only if there is certainly no file; nil asks the file system.
    public init(environment: @escaping @Sendable (String) -> String?, mayExist: (@Sendable (String) -> Bool)? = nil) {
        self.environment = environment
        self.mayExist = mayExist ?? { FileReader.mayExist($0) }
    }

    /// `option` is the text after `--config`.
    public func locate(option: String? = nil) -> ConfigurationPlace {
        if let option { return .file(option) }
        return candidates.first(where: mayExist).map { .file($0) } ?? .defaults
    }

    /// The files that are looked for, in this order.
    public var candidates: [String] {
        let user = XDG.folder("XDG_CONFIG_HOME", below: ".config", environment).map { "\($0)/carillon/carillon.yaml" }
        return ["config/carillon.yaml"] + [user].compactMap { $0 } + ["/etc/carillon/carillon.yaml"]
    }
}

enum XDG {
    /// The folder a variable names, else the usual one below the home folder. A relative path is
    /// ignored, as the XDG Base Directory Specification 0.8 says.
    static func folder(_ variable: String, below usual: String, _ environment: (String) -> String?) -> String? {
        if let path = environment(variable), path.hasPrefix("/") { return path.trimmingSlashes }
        if let home = environment("HOME"), home.hasPrefix("/") { return "\(home.trimmingSlashes)/\(usual)" }
        return nil
    }
}

extension String {
    /// Without slashes at the end.
    var trimmingSlashes: String {
        var text = self[...]
        while text.count > 1, text.last == "/" { text.removeLast() }
        return text == "/" ? "" : String(text)
    }
}
