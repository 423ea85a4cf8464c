// Reads a model's answer: tolerant of clumsy writing, strict about meaning. Exactly one object that obeys
// the schema must remain; everything else is a rejection, which means "hold". Promise: no input traps, no
// input takes more than linear time, and no symbol that was not offered comes out.

public enum AnswerParser {
    static let decisionFields: Set<String> = ["action", "symbol", "confidence", "reason", "stop_loss", "take_profit", "size_pct"]
    /// A longer answer is refused unread.
    public static let maximumBytes = 65_536
    /// A longer shortlist is refused, not cut.
    static let maximumPicks = 8

    /// An answer to the `decision` schema.
    /// - Parameter offered: the symbols this call asked about, in the caller's spelling.
    public static func decision(_ text: String, offered: [String]) -> Result<DecisionAnswer, AnswerRejection> {
        decision(utf8: Array(text.utf8), offered: offered)
    }

    /// The same for bytes that may not be UTF-8.
    public static func decision(utf8 bytes: some Collection<UInt8>, offered: [String]) -> Result<DecisionAnswer, AnswerRejection> {
        Result { () throws(AnswerRejection) in
            let reading = try AnswerReading(bytes, fieldKeys: decisionFields)
            return try DecisionJudge(OfferedSymbols(offered)).judge(reading)
        }
    }

    /// An answer to the smallest question there is: an object that says `ok`, true or false. Returns what had to be mended.
    public static func reached(_ text: String) -> Result<[AnswerRepair], AnswerRejection> {
        Result { () throws(AnswerRejection) in
            let reading = try AnswerReading(Array(text.utf8), fieldKeys: ["ok"])
            let said = reading.objects.compactMap { object -> Bool? in if case .truth(let ok)? = object.fields["ok"] { ok } else { nil } }
            guard let first = said.first else { throw AnswerRejection(.nothingFound) }
            guard said.allSatisfy({ $0 == first }) else { throw AnswerRejection(.conflictingObjects) }
            return reading.repairs.sorted()
        }
    }

    /// An answer to the `shortlist` schema.
    /// - Parameter offered: the symbols this call asked about, in the caller's spelling.
    public static func shortlist(_ text: String, offered: [String]) -> Result<ShortlistAnswer, AnswerRejection> {
        shortlist(utf8: Array(text.utf8), offered: offered)
    }

    /// The same for bytes that may not be UTF-8.
    public static func shortlist(utf8 bytes: some Collection<UInt8>, offered: [String]) -> Result<ShortlistAnswer, AnswerRejection> {
        Result { () throws(AnswerRejection) in
            let reading = try AnswerReading(bytes, fieldKeys: ["picks"])
            return try ShortlistJudge(OfferedSymbols(offered)).judge(reading)
        }
    }
}
