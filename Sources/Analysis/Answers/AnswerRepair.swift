// What had to be mended before an answer could be read. Every repair is listed with the accepted answer,
// so that a model that grows sloppy is seen before it grows wrong.

/// The closed list of allowed repairs, in the order they are reported.
public enum AnswerRepair: String, Codable, Sendable, CaseIterable, Comparable {
    case thoughts = "thoughts before the answer"
    case fence = "code fence"
    case prose = "words around the object"
    case zeroWidth = "zero-width characters outside text"
    case encodedText = "object inside a text"
    case entities = "HTML entities"
    case wrapper = "wrapper object"
    case list = "list of one"
    case identicalCopies = "identical copies"
    case repeatedKey = "repeated key"
    case keySpelling = "key spelled differently"
    case unquotedKey = "unquoted key"
    case singleQuotes = "single quotes"
    case smartQuotes = "smart quotes"
    case fullWidth = "full-width punctuation"
    case trailingComma = "trailing comma"
    case comment = "comment"
    case pythonLiteral = "Python literal"
    case rawControl = "control character inside text"
    case numberForm = "leading sign or dot"
    case actionSpelling = "action spelled differently"
    case symbolSpelling = "symbol spelled differently"
    case confidenceForm = "confidence not written as 0 to 1"
    case sizeForm = "size written with a percent sign"
    case reasonCut = "reason cut to 1000 characters"

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (a: AnswerRepair, b: AnswerRepair) -> Bool { a.rank < b.rank }
}
