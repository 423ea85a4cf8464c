// How one kind of value is written: what to expect, how to read its text exactly, how to write it
// back. FileReading what was written gives the same value.
import Kernel
import Settings

struct Kind<Value: Sendable>: Sendable {
    /// Completes "expected …", with an example.
    let expected: String
    let parse: @Sendable (String) -> Value?
    let text: @Sendable (Value) -> String
}

extension Kind where Value == FixedDecimal {
    static let decimal = Kind(expected: "a number such as 100 or 2.5", parse: { FixedDecimal($0) }, text: { $0.description })
}

extension Kind where Value == Int {
    static let count = Kind(expected: "a whole number such as 3", parse: { Plain.integer($0) }, text: { String($0) })
}

extension Kind where Value == Int64 {
    static let number = Kind(expected: "a whole number such as 123456789", parse: { Plain.integer($0) }, text: { String($0) })
}

extension Kind where Value == UInt64 {
    static let seed = Kind(expected: "a whole number from 0 on, such as 7", parse: { Plain.integer($0) }, text: { String($0) })
}

extension Kind where Value == Bool {
    static let onOff = Kind(
        expected: "true or false", parse: { ["true": true, "on": true, "yes": true, "false": false, "off": false, "no": false][$0] },
        text: { $0 ? "true" : "false" })
}

extension Kind where Value == String {
    static func text(_ expected: String) -> Kind {
        Kind(expected: expected, parse: { $0.utf8.count <= 2_048 ? $0 : nil }, text: { Plain.quoted($0) })
    }
}

extension Kind where Value == Currency {
    static let currency = Kind(expected: "a currency code in capitals, such as USDT", parse: { Currency($0) }, text: { Plain.quoted($0.code) })
}

extension Kind where Value == ReportZone {
    static let zone = Kind(expected: "a time zone such as UTC, +09:00 or Europe/Berlin", parse: { ReportZone($0) }, text: { Plain.quoted($0.name) })
}

extension Kind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of an enum's words.
    static func word() -> Kind {
        Kind(expected: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "), parse: { Value(rawValue: $0) }, text: { $0.rawValue })
    }
}

/// Texts and whole numbers, as a file has them.
enum Plain {
    /// Digits with at most a minus; nil for anything else, and if it does not fit.
    static func integer<Number: FixedWidthInteger>(_ text: String) -> Number? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Number(text)
    }

    /// A double-quoted YAML text that reads back as it is.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
