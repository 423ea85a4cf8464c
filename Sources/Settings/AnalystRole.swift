// Whether an analyst votes or only warns.

/// How an analyst's opinion counts.
public enum AnalystRole: String, Codable, Sendable, CaseIterable {
    /// Counts towards agreement.
    case voter
    /// Never counts as agreement; may only keep an instrument out.
    case guardian = "guard"
}
