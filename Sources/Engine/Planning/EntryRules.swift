// The settings that entries are planned by, and who sits on the panel.
import Analysis
import Kernel
import Market
import Ports
import Risk
import Settings
import Trading

struct EntryRules {
    let settings: CarillonSettings
    /// The panel's name and its seats.
    let panel: String
    let seats: [PanelSeat]

    var limits: RiskLimits { settings.limits }
    var costs: FillCosts { settings.costs }
}

extension Parts {
    var rules: EntryRules { EntryRules(settings: settings, panel: panel.name, seats: panel.seats) }
    var costs: FillCosts { settings.costs }
    var limits: RiskLimits { settings.limits }
}

extension CarillonSettings {
    var costs: FillCosts { FillCosts(fee: fills.fee, slippage: fills.slippage) }
    var limits: RiskLimits { risk.withinCeiling }

    var bracketPlan: BracketPlan? {
        BracketPlan(
            stopDistance: bracket.stop, rungs: bracket.rungs.map { .init(rise: $0.gain, share: $0.share) }, trailingOffset: bracket.trailing)
    }

    /// The ladder that sizing reckons with: without the trail, so that a rung followed by a trailing stop is
    /// counted as worse than it is (the published returns: -3.39, -1.42, +1.21, +4.94 %).
    var ladderTerms: LadderTerms? {
        LadderTerms(stop: -bracket.stop.double, targets: bracket.rungs.map(\.gain.double), shares: bracket.rungs.map(\.share.double))
    }
}
