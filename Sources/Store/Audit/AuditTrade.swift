// One position as its fills tell it: what was bought, what was sold, and how much of what is held an
// armed stop covers. The coins come from the fills, the cover from what was journaled of the bracket.
import Kernel
import Trading

struct AuditTrade {
    let pair: AuditPair?
    private(set) var bought = FixedDecimal.zero
    private(set) var sold = FixedDecimal.zero
    /// Fees taken in the base asset, of buys and of sells.
    private(set) var baseFees = FixedDecimal.zero
    /// Posted to the dust account.
    private(set) var dust = FixedDecimal.zero
    /// Less than a lot: nothing can sell it and nothing needs to cover it.
    private(set) var unsellable = FixedDecimal.zero
    /// Paid and received in quote, fees in quote included.
    private(set) var cost = FixedDecimal.zero
    private(set) var proceeds = FixedDecimal.zero
    private(set) var fillIds: Set<String> = []

    /// What the armed bracket would sell at its stop; zero while there is none.
    private(set) var covered = FixedDecimal.zero
    private(set) var isOpened = false
    /// A stop was due and its order came to nothing.
    private var isStopLost = false

    private var gapBegan: (time: Timestamp, sequence: Int64)?
    private var lateThrough: Timestamp?

    /// A time without cover.
    struct Gap {
        let from: Timestamp
        let milliseconds: Int64
        /// The entry it began with.
        let sequence: Int64
    }

    init(pair: AuditPair?) { self.pair = pair }

    /// Coins that could be sold and must be covered.
    var held: FixedDecimal { bought - baseFees - sold - unsellable }
    /// Bought, less everything that is accounted for.
    var unaccounted: FixedDecimal { bought - baseFees - sold - dust }
    var isNaked: Bool { held.isPositive && (covered < held || isStopLost) }

    // MARK: What happened

    mutating func add(_ fill: AuditFill, id: String) -> Bool {
        baseFees += fill.baseFee
        if fill.isBuy {
            bought += fill.quantity
            cost += fill.notional + fill.quoteFee
        } else {
            sold += fill.quantity
            proceeds += fill.notional - fill.quoteFee
        }
        return fillIds.insert(id).inserted
    }

    /// Arms a bracket. Returns the dust that follows from the lot: what no whole lot holds; and by how much the rungs
    /// would sell more than there is.
    mutating func arm(_ bracket: AuditRows.Bracket?, lot: FixedDecimal) -> (dust: FixedDecimal, excess: FixedDecimal) {
        isOpened = true
        isStopLost = false
        let rungs = (bracket?.rungs ?? []).reduce(FixedDecimal.zero) { $0 + $1.quantity.value }
        covered = bracket?.stop.map(\.value.isPositive) == true ? rungs : .zero
        let rest = held.isPositive && lot.isPositive ? held - held.rounded(toMultipleOf: lot, .down) : .zero
        unsellable += rest
        return (rest, max(.zero, rungs - held))
    }

    /// Arms the bracket of a larger holding. Returns by how much its dust differs from what was there.
    mutating func rearm(covering quantity: FixedDecimal, lot: FixedDecimal) -> FixedDecimal {
        isStopLost = false
        covered = quantity
        let whole = held + unsellable, rest = whole.isPositive && lot.isPositive ? whole - whole.rounded(toMultipleOf: lot, .down) : .zero
        defer { unsellable = rest }
        return rest - unsellable
    }

    mutating func add(fee: FixedDecimal, isBuy: Bool) {
        if isBuy { cost += fee } else { proceeds -= fee }
    }

    mutating func write(off posted: FixedDecimal) { dust += posted }
    /// A person gave it up: nothing sells it and nothing needs to cover it any more.
    mutating func giveUp() {
        unsellable += held
        covered = .zero
    }
    mutating func cover(_ quantity: FixedDecimal) { covered = quantity }
    mutating func loseStop() { isStopLost = true }
    mutating func actOnStop() { isStopLost = false }

    // MARK: Time

    /// Looks at the cover after entry `sequence` at `time`. Returns a gap that has just ended.
    mutating func look(at time: Timestamp, _ sequence: Int64) -> Gap? {
        if isNaked {
            gapBegan = gapBegan ?? (time, sequence)
            return nil
        }
        guard let began = gapBegan else { return nil }
        gapBegan = nil
        return Gap(from: began.time, milliseconds: max(0, (time - began.time).milliseconds), sequence: began.sequence)
    }

    /// An exit was due at `due` and ordered at `time`: the milliseconds between them that were not counted yet.
    mutating func late(from due: Timestamp, to time: Timestamp) -> Int64 {
        guard gapBegan == nil else { return 0 }
        let start = max(due, lateThrough ?? due)
        guard start < time else { return 0 }
        lateThrough = time
        return (time - start).milliseconds
    }

    /// The gap that the journal ends with: at least a second, however recently it began.
    func end(at time: Timestamp) -> Gap? {
        gapBegan.map { Gap(from: $0.time, milliseconds: max(1_000, (time - $0.time).milliseconds), sequence: $0.sequence) }
    }
}
