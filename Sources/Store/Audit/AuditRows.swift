// The few fields of a journal entry's text that the audit needs, read by their names alone. Every field
// may be missing: what is missing is a finding and never an assumption.
import Kernel

enum AuditRows {
    /// A moment that arithmetic cannot overflow on: within 30,000 years of 1970.
    static func isTime(_ milliseconds: Int64) -> Bool { milliseconds.magnitude < 1_000_000_000_000_000 }

    struct Posting: Decodable {
        let account: String
        let asset: String
        let amount: AuditAmount
    }
    struct Postings: Decodable { let postings: [Posting]? }
    struct Money: Decodable {
        let amount: AuditAmount
        let currency: String
    }
    struct CashMoved: Decodable { let amount: Money }
    struct JournalOpened: Decodable {
        let quote: String
        let start: Int64?
    }
    struct Trouble: Decodable {
        let kind: String
        let subject: String
    }
    struct CycleMissed: Decodable { let count: Int }
    struct CycleClosed: Decodable { let skipped: String? }

    struct Candle: Decodable {
        let openTime: Int64
        let timeframe: String

        /// Milliseconds; nil for a text that is no time frame.
        var length: Int64? {
            let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
            guard let unit = timeframe.last.flatMap({ units[$0] }), let count = Int64(timeframe.dropLast()), (1...1_440).contains(count) else {
                return nil
            }
            return count * unit
        }
    }
    struct Role: Decodable {
        struct Reason: Decodable { let _0: String }
        let exit: Reason?
        var isStop: Bool { exit.map { $0._0 == "STOP_LOSS" || $0._0 == "TRAILING_STOP" } ?? false }
    }
    struct Order: Decodable {
        let id: String
        let trade: String
        let symbol: String
        let side: String
        let role: Role
        let triggerCandle: Candle?
    }
    struct OrderSubmitted: Decodable { let order: Order }

    struct Fill: Decodable {
        let id: String
        let symbol: String
        let side: String
        let quantity: AuditAmount
        let price: AuditAmount
        let fee: Money
    }
    struct OrderChanged: Decodable {
        let order: String
        let event: String
        let fill: Fill?
    }

    struct Bracket: Decodable {
        struct Rung: Decodable { let quantity: AuditAmount }
        let stop: AuditAmount?
        let rungs: [Rung]?
        let dust: AuditAmount?
    }
    struct Instrument: Decodable {
        let symbol: String
        let lotStep: AuditAmount?
    }
    struct Holding: Decodable {
        let instrument: Instrument
        let bracket: Bracket?
        let remaining: AuditAmount?
    }
    struct FeeValued: Decodable {
        let trade: String
        let side: String
        let value: AuditAmount
    }
    struct PositionOpened: Decodable {
        let trade: String
        let holding: Holding
    }
    struct PositionReduced: Decodable {
        let trade: String
        let reason: String
        let remaining: AuditAmount
    }
    struct PositionWrittenOff: Decodable {
        let trade: String
        let quantity: AuditAmount
    }
    struct EntryFailed: Decodable { let trade: String }
    struct TradeClosed: Decodable {
        let trade: String
        let cost: AuditAmount
        let proceeds: AuditAmount
        let pnl: AuditAmount
    }
    struct EquityMarked: Decodable {
        struct Mark: Decodable {
            let symbol: String
            let price: AuditAmount
            let quantity: AuditAmount
        }
        let equity: AuditAmount
        let cash: AuditAmount
        let marks: [Mark]
    }
}

/// An exact decimal small enough (below 1e18) that no sum of a journal's amounts can overflow.
struct AuditAmount: Decodable {
    let value: FixedDecimal
    static let limit = FixedDecimal(1_000_000_000_000_000_000)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = FixedDecimal(try container.decode(String.self)), value.magnitude < Self.limit else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an amount")
        }
        self.value = value
    }
}

/// `BASE/QUOTE` taken apart.
struct AuditPair {
    let base: String
    let quote: String
    init?(_ symbol: String) {
        let parts = symbol.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        base = String(parts[0])
        quote = String(parts[1])
    }
}
