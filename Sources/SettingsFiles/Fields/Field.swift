// One setting: its name in the file, how to read it into the settings, and how to write it from them.
// The tables of fields are the only list of settings: reading, "did you mean", and the canonical text
// all go by them, so a setting cannot be in one and not in the other.
import Settings

struct Field: Sendable {
    /// `interval`; the table knows the section.
    let name: String
    let read: @Sendable (inout FileReading, Entry, String, inout CarillonSettings) -> Void
    /// YAML on one line.
    let text: @Sendable (CarillonSettings) -> String

    /// A setting that always has a value.
    static func value<Value>(_ name: String, _ path: any (WritableKeyPath<CarillonSettings, Value> & Sendable), _ kind: Kind<Value>) -> Field {
        Field(
            name: name,
            read: { reading, entry, key, settings in
                if let value = reading.scalar(entry, key, kind) { settings[keyPath: path] = value }
            }, text: { kind.text($0[keyPath: path]) })
    }

    /// A setting that may be left empty.
    static func optional<Value>(_ name: String, _ path: any (WritableKeyPath<CarillonSettings, Value?> & Sendable), _ kind: Kind<Value>) -> Field {
        Field(
            name: name,
            read: { reading, entry, key, settings in
                if case .nothing = entry.content {
                    settings[keyPath: path] = nil
                } else if let value = reading.scalar(entry, key, kind) {
                    settings[keyPath: path] = value
                }
            }, text: { $0[keyPath: path].map(kind.text) ?? "null" })
    }

    /// A list of plain values, none of them twice.
    static func list<Value: Hashable>(
        _ name: String, _ path: any (WritableKeyPath<CarillonSettings, [Value]> & Sendable), _ kind: Kind<Value>,
        _ expected: String
    ) -> Field {
        Field(
            name: name,
            read: { reading, entry, key, settings in
                var seen: Set<Value> = []
                let values = reading.list(entry, key, expected: expected) { reading, entry, key -> Value? in
                    guard let value = reading.scalar(entry, key, kind) else { return nil }
                    if !seen.insert(value).inserted { reading.refuse(entry.position, key, "\(reading.shown(key)) stands in the list twice") }
                    return value
                }
                if let values { settings[keyPath: path] = values }
            }, text: { "[" + $0[keyPath: path].map(kind.text).joined(separator: ", ") + "]" })
    }
}

/// Settings that stand together under one name; a section without a name is the file itself.
struct Section: Sendable {
    let name: String
    let fields: [Field]

    init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }
}
