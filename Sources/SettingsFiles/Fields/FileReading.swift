// The state of reading one file: where each setting stands, and everything that is wrong so far.
// Nothing here stops at the first problem.
import Kernel
import Trading

struct FileReading {
    /// The file as messages name it.
    let file: String
    /// What every setting of this file is below, e.g. `risk`; not part of messages.
    let root: String
    private(set) var positions: [String: Position] = [:]
    private(set) var issues: [(position: Position?, key: String, message: String)] = []

    init(file: String, root: String = "") {
        self.file = file
        self.root = root
    }

    mutating func note(_ key: String, _ position: Position) { positions[key] = position }

    mutating func refuse(_ position: Position?, _ key: String, _ message: String) { issues.append((position, key, message)) }

    /// The value of a text entry; nil if it is anything else, which is then an issue.
    mutating func scalar<Value>(_ entry: Entry, _ key: String, _ kind: Kind<Value>) -> Value? {
        note(key, entry.position)
        switch entry.content {
        case .text(let text) where Echo.isSecret(text): refuse(entry.position, key, "\(shown(key)) " + Self.secret)
        case .text(let text):
            if let value = kind.parse(text) { return value }
            refuse(entry.position, key, "\(shown(key)) is \(Echo.quoted(text)), expected \(kind.expected)")
        case .nothing: refuse(entry.position, key, "\(shown(key)) has no value, expected \(kind.expected)")
        case .list: refuse(entry.position, key, "\(shown(key)) is a list, expected \(kind.expected)")
        case .map: refuse(entry.position, key, "\(shown(key)) is a group of settings, expected \(kind.expected)")
        }
        return nil
    }

    /// The items of a list that can be read, in order; nothing written is no item.
    mutating func list<Value>(
        _ entry: Entry, _ key: String, expected: String,
        _ item: (inout FileReading, Entry, String) -> Value?
    ) -> [Value]? {
        note(key, entry.position)
        switch entry.content {
        case .list(let entries):
            let values = entries.enumerated().map { item(&self, $1, "\(key).\($0)") }
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        case .nothing: return []
        case .text(let text): refuse(entry.position, key, "\(shown(key)) is \(Echo.quoted(text)), expected \(expected)")
        case .map: refuse(entry.position, key, "\(shown(key)) is a group of settings, expected \(expected)")
        }
        return nil
    }

    /// The pairs of a map; nothing written is no pair.
    mutating func map(_ entry: Entry, _ key: String, expected: String) -> [Entry.Pair]? {
        note(key, entry.position)
        switch entry.content {
        case .map(let pairs):
            for pair in pairs where Echo.isSecret(pair.key) { refuse(pair.position, "\(key).\(pair.key)", "this key " + Self.secret) }
            return pairs.filter { !Echo.isSecret($0.key) }
        case .nothing: return []
        case .text(let text): refuse(entry.position, key, "\(named(key)) is \(Echo.quoted(text)), expected \(expected)")
        case .list: refuse(entry.position, key, "\(named(key)) is a list, expected \(expected)")
        }
        return nil
    }

    /// The pairs of a map by name, where only `known` names may stand.
    /// - Parameter elsewhere: what other programs call the same, in small letters without `_` and `-`.
    mutating func map(_ entry: Entry, _ key: String, known: [String], elsewhere: [String: String] = [:]) -> [String: Entry]? {
        guard let pairs = map(entry, key, expected: "settings such as \(known.first ?? "")") else { return nil }
        var found: [String: Entry] = [:]
        for pair in pairs {
            if known.contains(pair.key) {
                found[pair.key] = pair.value
            } else if let refusal = SecretKeys.refusal(pair.key, in: shown(key)) {
                refuse(pair.position, "\(key).\(pair.key)", refusal)
            } else {
                refuse(pair.position, "\(key).\(pair.key)", "unknown key \(Echo.quoted(pair.key))." + hint(pair.key, known, elsewhere))
            }
        }
        return found
    }

    private static let secret = "looks like a secret (not shown); put it in the environment or a systemd credential"

    private func hint(_ key: String, _ known: [String], _ elsewhere: [String: String]) -> String {
        if let here = elsewhere[key.lowercased().filter { $0 != "_" && $0 != "-" }] { return " Here it is \(here)" }
        if let near = NearestName.of(key, among: known) { return " Did you mean '\(near)'?" }
        if let elsewhere = FieldTable.places(named: key).first { return " Did you mean '\(elsewhere)'?" }
        return " Here may stand: \(known.joined(separator: ", "))"
    }

    /// A key as it stands in this file, fit for a message.
    func shown(_ key: String) -> String {
        Echo.key(key.hasPrefix(root + ".") ? String(key.dropFirst(root.count + 1)) : key)
    }

    private func named(_ key: String) -> String { key == root || key.isEmpty ? "the file" : shown(key) }

    /// Where a setting stands, or else the nearest group around it.
    func position(of key: String) -> Position? {
        var key = key[...]
        while true {
            if key.isEmpty || key == root { return nil }
            if let position = positions[String(key)] { return position }
            guard let dot = key.lastIndex(of: ".") else { return nil }
            key = key[..<dot]
        }
    }

    /// True if this setting, or one it is part of, or a part of it, could not be read.
    func failed(_ key: String) -> Bool {
        issues.contains { $0.key == key || key.hasPrefix($0.key + ".") || $0.key.hasPrefix(key + ".") }
    }
}
