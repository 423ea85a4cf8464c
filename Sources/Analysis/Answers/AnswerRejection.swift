// Why a model's answer was not taken. A rejection always means "hold, no trade" and is counted, so the
// codes are stable and the sentence never repeats a byte of the answer.

/// One reason, from a closed list, in words a person reads in a report.
public struct AnswerRejection: Error, Hashable, Codable, Sendable {
    public enum Code: String, Codable, Sendable, CaseIterable {
        case tooLarge, notUnicode, nul, tooDeep, tooManyKeys, tooTangled
        case nothingFound, unfinishedThought, transport, truncated, malformed, conflictingKeys, conflictingObjects, doubtfulWords
        case missingField, badAction, badSymbol, unofferedSymbol, badConfidence
        case badPrice, badSize, badReason, badPicks, tooManyPicks, repeatedPick
    }
    public let code: Code
    public init(_ code: Code) { self.code = code }

    /// A short sentence for reports and logs.
    public var sentence: String {
        switch code {
        case .tooLarge: "the answer is larger than 64 KB"
        case .notUnicode: "the answer is not valid UTF-8"
        case .nul: "the answer contains a NUL character"
        case .tooDeep: "the answer nests deeper than 32 levels"
        case .tooManyKeys: "an object in the answer has more than 64 keys"
        case .tooTangled: "the answer takes too long to read"
        case .nothingFound: "the answer holds no object of the asked form"
        case .unfinishedThought: "the answer begins to think and never comes to an end"
        case .transport: "the answer holds text of the transport, such as data: lines"
        case .truncated: "the answer ends in the middle of an object"
        case .malformed: "an object in the answer is damaged beyond the allowed repairs"
        case .conflictingKeys: "a field is given twice with different values"
        case .conflictingObjects: "the answer holds more than one decision"
        case .doubtfulWords: "words around the object leave in doubt whether it is the answer"
        case .missingField: "a required field is missing"
        case .badAction: "the action is not one of buy, sell, hold, close"
        case .badSymbol: "the symbol is not a text"
        case .unofferedSymbol: "the symbol is not one of those asked about"
        case .badConfidence: "the confidence is not a number from 0 to 1"
        case .badPrice: "a stop or target is not a price"
        case .badSize: "the size is not a percentage above 0 and up to 100"
        case .badReason: "the reason is not a text"
        case .badPicks: "the picks are not a list of objects"
        case .tooManyPicks: "there are more than 8 picks"
        case .repeatedPick: "a symbol is picked twice"
        }
    }
}

extension AnswerRejection: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(sentence)" }
}
