// The field rules both schemas share: confidence, prices, size and reason. Each gives a checked value or
// the code of its rejection; none of them rounds a number into its range.
import Kernel

enum AnswerFields {
    static let maximumReason = 1000

    /// 0 to 1 as it is; a text with `%` and plain numbers from 2 to 100 divided by 100. 1 means 1.0;
    /// between 1 and 2, above 100, negative, or anything but a number is refused.
    static func confidence(_ value: AnswerValue, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> Ratio {
        let refused = AnswerRejection(.badConfidence)
        var digits: String
        var percent = false
        switch value {
        case .number(let text): digits = text
        case .text(let text):
            repairs.insert(.confidenceForm)
            digits = AnswerCharacters.trimmed(text)
            if let last = digits.unicodeScalars.last, last == "%" || last == "\u{ff05}" {
                percent = true
                digits.unicodeScalars.removeLast()
                digits = AnswerCharacters.trimmed(digits)
            }
            digits = try withPoint(digits, refused)
        case .object, .list, .truth, .null: throw refused
        }
        guard !digits.hasPrefix("-"), let number = shortened(digits) else { throw refused }
        if percent || (number >= FixedDecimal(2)) {
            guard number <= FixedDecimal(100) else { throw refused }
            repairs.insert(.confidenceForm)
            return Ratio(number.divided(by: FixedDecimal(100), rounding: .nearest))
        }
        guard number <= .one else { throw refused }
        return Ratio(number)
    }

    /// A decimal comma becomes a point, if it cannot be a thousands separator; sign and point are mended.
    private static func withPoint(_ text: String, _ refused: AnswerRejection) throws(AnswerRejection) -> String {
        var digits = text
        let commas = digits.utf8.filter { $0 == UInt8(ascii: ",") }.count
        if commas > 0 {
            let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
            guard commas == 1, parts.count == 2, !digits.utf8.contains(UInt8(ascii: ".")),
                parts[0] == "0" || parts[1].utf8.count != 3
            else { throw refused }
            digits = parts[0] + "." + parts[1]
        }
        return mended(digits)
    }

    /// Without a leading `+`, with a zero before a leading point.
    private static func mended(_ text: String) -> String {
        var digits = text
        if digits.hasPrefix("+") { digits.removeFirst() }
        return digits.hasPrefix(".") ? "0" + digits : digits
    }

    /// The decimal, cut to twelve places if it has more. A cut value is one ulp higher than its digits
    /// say, so that 1.0000000000001 still lies above 1.
    private static func shortened(_ text: String) -> FixedDecimal? {
        if let exact = strict(text) { return exact }
        guard text.utf8.count <= 64, let point = text.firstIndex(of: "."), !text.contains(where: { $0 == "e" || $0 == "E" }) else { return nil }
        let places = text[text.index(after: point)...]
        guard places.utf8.count > FixedDecimal.places, places.utf8.allSatisfy({ (48...57).contains($0) }),
            let cut = strict(String(text[..<point]) + "." + places.prefix(FixedDecimal.places))
        else { return nil }
        return cut < .one ? cut : cut + .ulp
    }

    /// FixedDecimal's grammar without superfluous leading zeros.
    private static func strict(_ text: String) -> FixedDecimal? {
        let bytes = Array(text.utf8)
        if bytes.count > 1, bytes[0] == 48, (48...57).contains(bytes[1]) { return nil }
        return FixedDecimal(text)
    }

    /// A price above zero; nil for an absent or null one.
    static func price(_ value: AnswerValue?) throws(AnswerRejection) -> Price? {
        guard let digits = try decimalText(value, or: .badPrice) else { return nil }
        guard let number = strict(digits), let price = Price(number) else { throw AnswerRejection(.badPrice) }
        return price
    }

    /// Percent above 0 and at most 100, a `%` allowed; nil for an absent or null one.
    static func sizePercent(_ value: AnswerValue?, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> FixedDecimal? {
        guard var digits = try decimalText(value, or: .badSize) else { return nil }
        if let last = digits.unicodeScalars.last, last == "%" || last == "\u{ff05}" {
            digits.unicodeScalars.removeLast()
            digits = AnswerCharacters.trimmed(digits)
            repairs.insert(.sizeForm)
        }
        guard let number = strict(digits), number.isPositive, number <= FixedDecimal(100) else { throw AnswerRejection(.badSize) }
        return number
    }

    private static func decimalText(_ value: AnswerValue?, or code: AnswerRejection.Code) throws(AnswerRejection) -> String? {
        switch value {
        case nil, .null: return nil
        case .number(let text): return text
        case .text(let text): return mended(AnswerCharacters.trimmed(text))
        case .object, .list, .truth: throw AnswerRejection(code)
        }
    }

    /// At most 1000 Unicode scalars; nil for an absent or null one.
    static func reason(_ value: AnswerValue?, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> String? {
        switch value {
        case nil, .null: return nil
        case .text(let text):
            let scalars = text.unicodeScalars
            guard scalars.count > maximumReason else { return text }
            repairs.insert(.reasonCut)
            return String(String.UnicodeScalarView(scalars.prefix(maximumReason)))
        case .object, .list, .number, .truth: throw AnswerRejection(.badReason)
        }
    }

    /// The offered symbol a value names.
    static func symbol(_ value: AnswerValue, _ offered: OfferedSymbols, _ repairs: inout Set<AnswerRepair>) throws(AnswerRejection) -> String {
        guard case .text(let text) = value else { throw AnswerRejection(.badSymbol) }
        guard let symbol = offered.resolve(text) else { throw AnswerRejection(.unofferedSymbol) }
        if symbol != text { repairs.insert(.symbolSpelling) }
        return symbol
    }
}
