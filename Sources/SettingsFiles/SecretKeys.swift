// Keys that ask for a secret. A settings file is copied, committed and shown; a secret in it is
// refused with the place where it belongs, and its value is not read.
import Kernel

enum SecretKeys {
    private static let words = ["token", "apikey", "secret", "password", "passphrase", "privatekey", "credential"]

    /// What to do instead, if `key` (below `section`) names a secret; else nil.
    static func refusal(_ key: String, in section: String) -> String? {
        let bare = key.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "." }
        guard words.contains(where: bare.contains) else { return nil }
        let place = (section + bare).lowercased()
        let names = SecretName.allCases.filter { place.contains($0.service) }
        let name = names.first { bare.hasSuffix($0.lastWords) } ?? names.first
        let variable = name.map { "as \($0.variable)" } ?? "as one of " + SecretName.allCases.map(\.variable).joined(separator: ", ")
        return "'\(Echo.of(key))' is a secret and does not belong in a file; put it in the environment \(variable) or a systemd credential"
    }
}
