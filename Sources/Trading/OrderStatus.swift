// The life of an order as one table. An event that is not in it is a contradiction, and the caller
// must treat it as one; `unknown` is a state and not a failure.

public enum OrderStatus: String, Codable, Sendable, CaseIterable {
    /// Decided, not yet sent.
    case initialized
    /// Refused by us before sending.
    case denied
    /// Announced in the journal; may or may not have reached the venue.
    case submitted
    case accepted
    case partiallyFilled
    case filled
    case pendingCancel
    case canceled
    case expired
    /// Refused by the venue.
    case rejected
    /// The answer was lost: only the venue, asked by client order id, may end this.
    case unknown

    /// Nothing more is expected, though a late fill still counts.
    public var isTerminal: Bool {
        switch self {
        case .denied, .filled, .canceled, .expired, .rejected: true
        case .initialized, .submitted, .accepted, .partiallyFilled, .pendingCancel, .unknown: false
        }
    }
}

public enum OrderEvent: String, Codable, Sendable, CaseIterable {
    case deny, submit, accept, reject, partialFill, completeFill
    case requestCancel, refuseCancel, confirmCancel, expire
    /// No answer came.
    case loseAnswer
    /// The venue has no such order, asked after the request could no longer be accepted.
    case confirmAbsent
}

extension OrderStatus {
    /// The one transition table; nil if the event contradicts the state.
    public func after(_ event: OrderEvent) -> OrderStatus? {
        switch (self, event) {
        case (.initialized, .deny): .denied
        case (.initialized, .submit): .submitted

        case (.submitted, .accept), (.unknown, .accept): .accepted
        case (.submitted, .reject), (.unknown, .reject): .rejected
        case (.submitted, .loseAnswer), (.pendingCancel, .loseAnswer), (.unknown, .loseAnswer): .unknown
        case (.submitted, .confirmAbsent), (.unknown, .confirmAbsent): .denied

        case (.submitted, .partialFill), (.accepted, .partialFill), (.partiallyFilled, .partialFill),
            (.unknown, .partialFill):
            .partiallyFilled
        case (.pendingCancel, .partialFill): .pendingCancel
        case (.submitted, .completeFill), (.accepted, .completeFill), (.partiallyFilled, .completeFill),
            (.pendingCancel, .completeFill), (.unknown, .completeFill):
            .filled
        // A venue may report a fill after it confirmed the end: the coins are real, so the fill counts.
        case (.canceled, .partialFill): .canceled
        case (.canceled, .completeFill), (.expired, .completeFill): .filled
        case (.expired, .partialFill): .expired
        // What was said to have ended is found alive, or with more executed than is booked: it is asked about again.
        case (.denied, .accept), (.rejected, .accept), (.canceled, .accept), (.expired, .accept): .accepted
        // What was said never to have been there lives after all.
        case (.denied, .partialFill), (.rejected, .partialFill): .partiallyFilled
        case (.denied, .completeFill), (.rejected, .completeFill): .filled
        // More than was ordered: counted, and told.
        case (.filled, .partialFill), (.filled, .completeFill): .filled

        case (.submitted, .requestCancel), (.accepted, .requestCancel), (.partiallyFilled, .requestCancel),
            (.unknown, .requestCancel):
            .pendingCancel
        case (.pendingCancel, .refuseCancel): .unknown
        case (.submitted, .confirmCancel), (.accepted, .confirmCancel), (.partiallyFilled, .confirmCancel),
            (.pendingCancel, .confirmCancel), (.unknown, .confirmCancel):
            .canceled
        case (.submitted, .expire), (.accepted, .expire), (.partiallyFilled, .expire),
            (.pendingCancel, .expire), (.unknown, .expire):
            .expired

        default: nil
        }
    }
}
