// Text of an older version, read as what it says in this one. The chain keeps the older text for ever; what is lifted here is only
// ever read. One function a kind of event whose shape has changed.
import Events
import Foundation
import Kernel
import Risk
import Trading

enum Upcasts {
    typealias Fields = [String: Any]

    /// The payload as this version would have written it.
    static func lifted(_ named: VersionedKind, _ body: String) throws -> Data {
        let data = Data(body.utf8)
        guard let lift = lift(named.kind) else { return data }
        guard var fields = try JSONSerialization.jsonObject(with: data) as? Fields else { return data }
        try lift(&fields)
        return try JSONSerialization.data(withJSONObject: fields)
    }

    /// nil if nothing but a field that may be missing was added.
    private static func lift(_ kind: EventKind) -> ((inout Fields) throws -> Void)? {
        switch kind {
        case .breakerTripped: { $0["cause"] = try written(BreakerCause.said($0["why"] as? String ?? "")) }
        case .orderSubmitted: orderSubmitted
        case .orderChanged: { change(&$0, "fill") { $0["positionSide"] = long } }
        case .positionOpened, .positionIncreased: { change(&$0, "holding", holding) }
        case .positionReduced, .tradeClosed: { $0["side"] = long }
        case .decided: decided
        case .strategyJudged: strategyJudged
        case .messageQueued: messageQueued
        default: nil
        }
    }

    private static let long = PositionSide.long.rawValue

    private static func orderSubmitted(_ fields: inout Fields) throws {
        change(&fields, "order") { order in
            guard let created = order["createdAt"] as? Int64 else { return }
            order["validUntil"] = created + Order.validity.milliseconds
        }
        try change(&fields, "position") { position in
            position["side"] = long
            position["act"] = try written(PositionAct.hold)
            change(&position, "holding", holding)
        }
    }

    private static func holding(_ holding: inout Fields) {
        change(&holding, "bracket") { bracket in
            bracket["side"] = long
            changeEach(&bracket, "rungs") { $0["cover"] = Cover.watched.rawValue }
        }
    }

    private static func decided(_ fields: inout Fields) throws {
        try changeEach(&fields, "verdicts") { verdict in
            guard let words = verdict["keptOut"] as? String else { return }
            let veto = ((verdict["vetoes"] as? [Fields])?.first)?["analyst"] as? String
            verdict["keptOut"] = try written(OldReasons.keptOut(words, vetoedBy: veto))
        }
        try changeEach(&fields, "reviews", review)
    }

    private static func review(_ review: inout Fields) throws {
        let sizing = review["sizing"] as? Fields
        if let words = review["refusal"] as? String {
            let size = (sizing?["refusal"] as? String).flatMap(SizingRefusal.init), bound = (sizing?["bound"] as? String).flatMap(SizingBound.init)
            let kelly = (sizing?["fractions"] as? Fields)?["raw"] as? Double
            let allowed = ((sizing?["caps"] as? [Fields])?.last?["notional"] as? String).flatMap { FixedDecimal($0) }
            review["refusal"] = try written(OldReasons.refusal(words, size.map { .size($0, bound: bound, kelly: kelly, allowed: allowed) }))
        }
        try changeEach(&review, "checks") { check in
            guard let name = (check["check"] as? String).flatMap(RiskCheckName.init) else { return }
            let found = OldChecks.figures(name, found: check["value"] as? String ?? "", limit: check["limit"] as? String ?? "")
            check["found"] = try written(found ?? .unread(name))
        }
    }

    private static func strategyJudged(_ fields: inout Fields) throws {
        fields["sold"] = fields["sold"] ?? [String]()
        try changeEach(&fields, "signals") { signal in
            var made: Fields = ["conviction": "1", "checks": signal["checks"] ?? [Fields]()]
            for key in ["symbol", "price", "order", "trade", "refusal"] { made[key] = signal[key] }
            try review(&made)
            signal["review"] = made
        }
    }

    private static func messageQueued(_ fields: inout Fields) throws {
        guard let kind = (fields["kind"] as? String).flatMap(MessageKind.init), let html = fields["html"] as? String,
            let plain = fields["plain"] as? String
        else { return }
        fields["message"] = try written(Message.worded(kind, MessageText(html: html, plain: plain)))
    }

    // MARK: Trees

    private static func change(_ fields: inout Fields, _ key: String, _ change: (inout Fields) throws -> Void) rethrows {
        guard var inner = fields[key] as? Fields else { return }
        try change(&inner)
        fields[key] = inner
    }

    private static func changeEach(_ fields: inout Fields, _ key: String, _ change: (inout Fields) throws -> Void) rethrows {
        guard let items = fields[key] as? [Fields] else { return }
        fields[key] = try items.map { item in
            var item = item
            try change(&item)
            return item
        }
    }

    /// A value as it is written.
    private static func written(_ value: some Encodable) throws -> Any {
        try JSONSerialization.jsonObject(with: try JSONEncoder().encode(value), options: .fragmentsAllowed)
    }
}
