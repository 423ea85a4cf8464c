// Where the journal and the logs live. Which rule named the home is part of the answer, because an
// output must name a home that is not the usual one of the person.

public struct HomePlace: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        /// `--home`.
        case option
        /// `STATE_DIRECTORY`, as systemd sets it.
        case stateDirectory
        /// `/var/lib/carillon`, because it is there.
        case installed
        /// The person's own, `~/.local/state/carillon`.
        case user
        /// A folder for one demo below the person's own: made-up hours never share a home with real ones.
        case demo
    }
    public let path: String
    public let logs: String
    public let source: Source

    /// True if every output must say which home it speaks of.
    public var mustBeNamed: Bool { source != .user }
}

/// No rule names a home.
public struct NoHome: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String { "no folder for the journal: HOME is not set; name one with --home" }
}

public struct HomeLocator: Sendable {
    public static let installed = "/var/lib/carillon"
    private let environment: @Sendable (String) -> String?
    private let mayExist: @Sendable (String) -> Bool

    /// `mayExist` is false only if there is certainly nothing; nil asks the file system.
    public init(environment: @escaping @Sendable (String) -> String?, mayExist: (@Sendable (String) -> Bool)? = nil) {
        self.environment = environment
        self.mayExist = mayExist ?? { FileReader.mayExist($0) }
    }

    /// `option` is the text after `--home`. Whether the folder may be written is for its opener to say.
    public func locate(option: String? = nil) throws(NoHome) -> HomePlace {
        let (path, source) = try home(option)
        return HomePlace(path: path, logs: first("LOGS_DIRECTORY") ?? "\(path)/logs", source: source)
    }

    /// The home of a demo: the one that was named, or a folder of its own below the person's (or the service's) state. Never
    /// a home that real hours are traded in.
    /// - Parameter world: tells demos apart, e.g. `synthetic:7`.
    public func demo(option: String? = nil, world: String) throws(NoHome) -> HomePlace {
        if let option, !option.isEmpty { return try locate(option: option) }
        guard let state = first("STATE_DIRECTORY") ?? XDG.folder("XDG_STATE_HOME", below: ".local/state", environment).map({ "\($0)/carillon" })
        else { throw NoHome() }
        let name = String(world.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return HomePlace(path: "\(state)/demo/\(name)", logs: "\(state)/demo/\(name)/logs", source: .demo)
    }

    private func home(_ option: String?) throws(NoHome) -> (String, HomePlace.Source) {
        if let option, !option.isEmpty { return (option == "/" ? option : option.trimmingSlashes, .option) }
        if let path = first("STATE_DIRECTORY") { return (path, .stateDirectory) }
        if mayExist(Self.installed) { return (Self.installed, .installed) }
        if let state = XDG.folder("XDG_STATE_HOME", below: ".local/state", environment) { return ("\(state)/carillon", .user) }
        throw NoHome()
    }

    /// systemd lists several folders with colons between them; the first is meant.
    private func first(_ variable: String) -> String? {
        guard let path = environment(variable)?.split(separator: ":").first, path.hasPrefix("/") else { return nil }
        return String(path).trimmingSlashes
    }
}
