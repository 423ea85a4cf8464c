// How settings are written in a file, and read back to the same value: exact text for shares and
// durations, so that the text of the settings in force can be hashed and compared.
public import Kernel

extension Ratio {
    /// Exact percent text: `Ratio(0.0025)` is `0.25 %`. Never rounded below 1e22.
    public var percentText: String { "\(value.times(FixedDecimal(100), rounding: .nearest)) %" }
}

extension TimeSpan {
    /// The largest unit that gives it in whole numbers: `60 min`, `6 h`, `30 days`, `1500 ms`.
    /// A single unit is written in the next smaller one: `60 min`, `24 h`, `60 s`.
    public var plainText: String {
        if milliseconds == 0 { return "0 s" }
        for (unit, size) in Self.units where milliseconds % size == 0 && (milliseconds.magnitude > size.magnitude || size == 1_000) {
            return "\(milliseconds / size) \(unit)"
        }
        return "\(milliseconds) ms"
    }

    private static let units: [(String, Int64)] = [
        ("days", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000)
    ]
}

/// The parts of a web address that a setting may name.
public enum WebAddress {
    /// Why this text is no usable address, or nil. Plain http is allowed to loopback only; a user or password
    /// in it is a secret in the wrong place and is not repeated.
    static func problem(_ text: String) -> String? {
        let example = "expected an address such as https://example.org"
        guard let (scheme, authority) = parts(text) else { return example }
        if authority.contains("@") { return "an address here carries no user or password (the value is not shown)" }
        guard host(text) != nil else { return example }
        if scheme == "http", !isLoopback(text) {
            return "is not encrypted; use https:// (http:// is allowed to this machine only)"
        }
        return nil
    }

    /// True for localhost, 127.0.0.0/8 and ::1.
    static func isLoopback(_ text: String) -> Bool {
        guard let host = host(text) else { return false }
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func parts(_ text: String) -> (scheme: String, authority: Substring)? {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 }) else { return nil }
        for scheme in ["https", "http"] where text.hasPrefix(scheme + "://") {
            return (scheme, text.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        }
        return nil
    }

    /// The host and, if it is named, the port; nil if this is no address.
    public static func authority(_ text: String) -> String? { host(text) == nil ? nil : parts(text).map { String($0.authority) } }

    /// The host, brackets kept; nil if it or the port is malformed.
    private static func host(_ text: String) -> String? {
        guard let authority = parts(text)?.authority, !authority.contains("@") else { return nil }
        var host = authority[...], port = authority[authority.endIndex...]
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            host = authority[...close]
            port = authority[authority.index(after: close)...]
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[colon...]
        }
        if !port.isEmpty { guard port.first == ":", let number = UInt16(port.dropFirst()), number > 0 else { return nil } }
        let bare = host.first == "[" ? host.dropFirst().dropLast() : host
        let allowed = bare.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 45 || byte == 46 || (byte == 58 && host.first == "[")
        }
        return bare.isEmpty || !allowed ? nil : String(host)
    }
}
