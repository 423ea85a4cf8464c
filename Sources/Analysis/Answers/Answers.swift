// The two answers a model may give, after every check, and their one canonical JSON text.
// A symbol is printed as it was given: the spelling is the caller's, never the model's.
public import Kernel

/// What a decision may say. `close` speaks of an open position, `sell` of an opinion.
public enum DecisionAction: String, Codable, Sendable, CaseIterable {
    case buy, sell, hold, close
}

/// An accepted answer to the `decision` schema.
public struct DecisionAnswer: Hashable, Codable, Sendable {
    public let action: DecisionAction
    /// Exactly one of the texts that were offered.
    public let symbol: String
    /// 0 to 1, as stated; never a probability.
    public let confidence: Ratio
    /// At most 1000 Unicode scalars; untrusted text.
    public let reason: String?
    public let stopLoss: Price?
    public let takeProfit: Price?
    /// Percent, above 0 and at most 100. No limit of ours ever reads it.
    public let sizePercent: FixedDecimal?
    /// Sorted; what had to be mended.
    public var repairs: [AnswerRepair] = []

    /// The same decision, however it was spelled.
    func isSame(as other: DecisionAnswer) -> Bool { acceptedJSON == other.acceptedJSON }

    /// Keys in schema order, absent ones left out; confidence a number, other decimals as texts.
    public var acceptedJSON: String {
        var fields: [(String, JSONValue)] = [
            ("action", .string(action.rawValue)), ("symbol", .string(symbol)), ("confidence", .number("\(confidence)"))
        ]
        if let reason { fields.append(("reason", .string(reason))) }
        if let stopLoss { fields.append(("stop_loss", "\(stopLoss)")) }
        if let takeProfit { fields.append(("take_profit", "\(takeProfit)")) }
        if let sizePercent { fields.append(("size_pct", "\(sizePercent)")) }
        return JSONValue.fields(fields).written(.line)
    }
}

/// One coin a shortlist names.
public struct Pick: Hashable, Codable, Sendable {
    /// Exactly one of the texts that were offered.
    public let symbol: String
    public let confidence: Ratio
    /// At most 1000 Unicode scalars; untrusted text. Empty if none was given.
    public let reason: String
}

/// An accepted answer to the `shortlist` schema. No picks is a good answer: nothing to buy.
public struct ShortlistAnswer: Hashable, Codable, Sendable {
    public let picks: [Pick]
    /// Sorted; what had to be mended.
    public var repairs: [AnswerRepair] = []

    public var acceptedJSON: String {
        let rows = picks.map { pick in
            JSONValue.fields([
                ("symbol", .string(pick.symbol)), ("confidence", .number("\(pick.confidence)")), ("reason", .string(pick.reason))
            ])
        }
        return JSONValue.fields([("picks", .array(rows))]).written(.line)
    }
}
