// The two answers a model may give, after every check, and their one canonical JSON text.
// A symbol is printed as it was given: the spelling is the caller's, never the model's.

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
        var text = "{\"action\":\"\(action.rawValue)\",\"symbol\":\(JSONText.quoted(symbol)),\"confidence\":\(confidence)"
        if let reason { text += ",\"reason\":\(JSONText.quoted(reason))" }
        if let stopLoss { text += ",\"stop_loss\":\"\(stopLoss)\"" }
        if let takeProfit { text += ",\"take_profit\":\"\(takeProfit)\"" }
        if let sizePercent { text += ",\"size_pct\":\"\(sizePercent)\"" }
        return text + "}"
    }
}

/// One coin a shortlist names.
public struct Pick: Hashable, Codable, Sendable {
    /// Exactly one of the texts that were offered.
    public let symbol: String
    public let confidence: Ratio
    /// At most 1000 Unicode scalars; untrusted text. Empty where none was given.
    public let reason: String
}

/// An accepted answer to the `shortlist` schema. No picks is a good answer: nothing to buy.
public struct ShortlistAnswer: Hashable, Codable, Sendable {
    public let picks: [Pick]
    /// Sorted; what had to be mended.
    public var repairs: [AnswerRepair] = []

    public var acceptedJSON: String {
        let texts = picks.map { pick in
            "{\"symbol\":\(JSONText.quoted(pick.symbol)),\"confidence\":\(pick.confidence),\"reason\":\(JSONText.quoted(pick.reason))}"
        }
        return "{\"picks\":[" + texts.joined(separator: ",") + "]}"
    }
}
