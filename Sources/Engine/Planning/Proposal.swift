// What somebody wants to buy. The panel and the strategies each have a way to come to it, and reasons of their own against it;
// everything else is the planner's and the same for both.
import Events
import Kernel
import Market
import Risk
import Trading

protocol Proposal {
    var symbol: Symbol { get }
    /// Ranks and sizes; not a probability.
    var conviction: Ratio { get }
    /// nil if the venue's rules could not be read.
    var instrument: Instrument? { get }
    /// nil if the settings make none.
    var bracket: BracketPlan? { get }
    /// Whose record of trades it counts for, and what the position remembers of how it came about.
    var panel: String { get }
    var votes: [PanelVote] { get }
    var strategy: InstanceTag? { get }
    /// The cycle that the position is named after.
    var cycle: CycleId { get }

    /// Why there is no place for it.
    func crowded(_ book: Book) -> Refusal?
    /// Why what it was decided on is too old.
    func late(_ ground: DecisionGround, at time: Timestamp) -> Refusal?
    /// Why the panel does not stand behind it.
    var unconfirmed: Refusal? { get }
    /// Why the price has run away from what it was decided on.
    func strayed(to price: Price) -> Refusal?
    /// How much.
    func size(_ entry: Sizing, _ book: Book) -> SizingReport?
}

/// What a size is made of, whoever makes it.
struct Sizing {
    let instrument: Instrument
    let price: Price
    let bracket: BracketPlan
    let account: AccountView
    let rules: EntryRules
}
