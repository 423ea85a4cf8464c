// Reads the numbers out of texts of a known form, as versions before 0.2 wrote them: `the snapshot is % s old, limit % s`.
import Kernel
import Market

enum OldText {
    /// What stands in the places of `%`, if the text has that form.
    static func parts(_ text: String, _ form: String) -> [String]? {
        let fixed = form.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
        guard text.hasPrefix(fixed[0]) else { return nil }
        var rest = Substring(text).dropFirst(fixed[0].count), parts: [String] = []
        for (index, piece) in fixed.enumerated().dropFirst() {
            if index == fixed.count - 1 {
                guard rest.hasSuffix(piece) else { return nil }
                parts.append(String(rest.dropLast(piece.count)))
                return parts
            }
            guard !piece.isEmpty, let place = rest.firstRange(of: piece) else { return nil }
            parts.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return rest.isEmpty ? parts : nil
    }

    static func decimal(_ text: String) -> FixedDecimal? { FixedDecimal(text) }
    /// `12.34 USDT`.
    static func amount(_ text: String) -> FixedDecimal? { text.split(separator: " ").first.flatMap { FixedDecimal(String($0)) } }
    /// `1.25 %`.
    static func percent(_ text: String) -> Ratio? {
        text.split(separator: " ").first.flatMap { FixedDecimal(String($0)) }.map { Ratio($0.divided(by: FixedDecimal(100), rounding: .nearest)) }
    }
}
