// The life of a position as one table.

public enum PositionStatus: String, Codable, Sendable, CaseIterable {
    case notOwned, pending, open, partiallyClosed, closed
}

public enum PositionEvent: String, Codable, Sendable, CaseIterable {
    case submitEntry, failEntry, fillEntry, fillPartOfExit, fillRestOfExit
}

extension PositionStatus {
    /// The one transition table; nil if the event contradicts the state.
    public func after(_ event: PositionEvent) -> PositionStatus? {
        switch (self, event) {
        case (.notOwned, .submitEntry): .pending
        case (.pending, .failEntry): .notOwned
        case (.pending, .fillEntry): .open
        // More of a partly filled entry arrives, even after the first exit.
        case (.open, .fillEntry): .open
        case (.partiallyClosed, .fillEntry): .partiallyClosed
        case (.open, .fillPartOfExit), (.partiallyClosed, .fillPartOfExit): .partiallyClosed
        case (.open, .fillRestOfExit), (.partiallyClosed, .fillRestOfExit): .closed
        // A late fill of an entry that was given up: it is owned again and must be protected.
        case (.notOwned, .fillEntry), (.closed, .fillEntry): .open
        default: nil
        }
    }
}
