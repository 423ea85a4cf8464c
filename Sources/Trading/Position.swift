// One position from intent to its last exit, with its protection. A position that holds coins always
// has a bracket: the type has no other way to be open.
public import Kernel
public import Market
import Settings

public struct Position: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let symbol: Symbol
    public let side: PositionSide
    /// The venue's number rules when it was decided: a bracket needs no other source, whatever is listed later.
    public let instrument: Instrument
    public let cycle: CycleId
    public let entryOrder: ClientOrderId
    /// The panel whose votes opened it; the evidence for its sizing is kept per panel.
    public let panel: String
    public let conviction: Ratio
    /// True for an entry at the probe size.
    public let isProbe: Bool
    /// Loss at the planned stop, fees included, in quote units.
    public let plannedRisk: FixedDecimal
    public let plan: BracketPlan
    /// What each voter said when it was decided: the entry's message needs no other source.
    public let votes: [PanelVote]
    /// The strategy that opened it; nil for the panel's own entries.
    public let strategy: InstanceTag?
    public private(set) var status: PositionStatus
    /// What is being done with it: at most one thing at a time.
    public package(set) var act: PositionAct
    /// Nil only while pending.
    public package(set) var holding: Holding?

    /// A pending position, as it is announced with its entry order.
    public init(
        pending trade: TradeId, instrument: Instrument, cycle: CycleId, entryOrder: ClientOrderId, panel: String, conviction: Ratio,
        isProbe: Bool, plannedRisk: FixedDecimal, plan: BracketPlan,
        votes: [PanelVote] = [], strategy: InstanceTag? = nil
    ) {
        self.trade = trade
        symbol = instrument.symbol
        side = .long
        self.instrument = instrument
        self.cycle = cycle
        self.entryOrder = entryOrder
        self.panel = panel
        self.conviction = conviction
        self.isProbe = isProbe
        self.plannedRisk = plannedRisk
        self.plan = plan
        self.votes = votes
        self.strategy = strategy
        status = .pending
        act = .hold
        holding = nil
    }
}

extension Position {
    /// Applies an event by the table; false, and no change, if it contradicts the state.
    package mutating func handle(_ event: PositionEvent) -> Bool {
        guard let next = status.after(event) else { return false }
        status = next
        return true
    }
}

/// What is being done with a position.
public enum PositionAct: Hashable, Codable, Sendable {
    case hold
    /// A sale was announced and has no final answer: nothing more is sold until it has.
    case exiting(ExitReason)
}

/// What is held, and what protects it.
public struct Holding: Hashable, Codable, Sendable {
    public let instrument: Instrument
    public package(set) var openedAt: Timestamp
    public let entryPrice: Price
    /// Bought, before the fee.
    public let bought: Quantity
    /// Bought less a fee in base.
    public let received: Quantity
    /// Paid in quote, fees in quote included.
    public package(set) var cost: FixedDecimal
    /// All fees so far, in quote (a fee in base is valued at the entry price).
    public package(set) var fees: FixedDecimal
    public package(set) var bracket: Bracket
    /// Sellable quantity still held.
    public package(set) var remaining: Quantity
    public package(set) var rungsFilled: Int
    /// Received from exits so far, fees in quote deducted.
    public package(set) var proceeds: FixedDecimal
    public package(set) var exitOrders: Int
    /// How far the exit rules have read the candles.
    public package(set) var watch: ExitWatch

    /// The level that would sell everything now.
    public var protectiveStop: Price { max(bracket.stop, watch.trailingStop ?? bracket.stop) }
    public var isTrailing: Bool { protectiveStop > bracket.stop }
    /// What no whole lot holds, as a share of what was bought.
    public var dustShare: Ratio { bought.isZero ? .zero : Ratio(bracket.dust.value.divided(by: bought.value, rounding: .nearest)) }
    /// The next target; nil after the last.
    public var nextRung: Bracket.Rung? { rungsFilled < bracket.rungs.count ? bracket.rungs[rungsFilled] : nil }
}

/// The part of a position that moves with each candle.
public struct ExitWatch: Hashable, Codable, Sendable {
    /// Candles that close at or before this have been read.
    public var readThrough: Timestamp
    /// The highest price since entry.
    public var highest: Price
    /// Set once the first rung has filled; only rises.
    public var trailingStop: Price?

    public init(readThrough: Timestamp, highest: Price, trailingStop: Price? = nil) {
        self.readThrough = readThrough
        self.highest = highest
        self.trailingStop = trailingStop
    }
}
