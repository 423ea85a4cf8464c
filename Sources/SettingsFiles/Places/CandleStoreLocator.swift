// Where the lab keeps its candles: data and no state, so a place of its own beside the journal's home.

/// No rule names a folder.
public struct NoCandleStore: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String { "no folder for candles: HOME is not set; name one with --store" }
}

public struct CandleStoreLocator: Sendable {
    private let environment: @Sendable (String) -> String?
    private let mayExist: @Sendable (String) -> Bool

    /// `mayExist` is false only if there is certainly nothing; nil asks the file system.
    public init(environment: @escaping @Sendable (String) -> String?, mayExist: (@Sendable (String) -> Bool)? = nil) {
        self.environment = environment
        self.mayExist = mayExist ?? { FileReader.mayExist($0) }
    }

    /// `option` is the text after `--store`; else `candles` in the installed home, else in the XDG data folder.
    public func locate(option: String? = nil) throws(NoCandleStore) -> String {
        if let option, !option.isEmpty { return option == "/" ? option : option.trimmingSlashes }
        if mayExist(HomeLocator.installed) { return HomeLocator.installed + "/candles" }
        if let data = XDG.folder("XDG_DATA_HOME", below: ".local/share", environment) { return "\(data)/carillon/candles" }
        throw NoCandleStore()
    }
}
