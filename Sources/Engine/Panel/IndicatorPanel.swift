// The part of a panel that needs no model: each rule reads each offered instrument's candles.
public import Analysis
public import Ports
public import Trading

public struct IndicatorPanel: Panel {
    public let analysts: [IndicatorAnalyst]
    public init(_ analysts: [IndicatorAnalyst]) { self.analysts = analysts }

    public var seats: [PanelSeat] { analysts.map { PanelSeat(name: $0.rawValue, role: $0.role) } }
    public var name: String { IndicatorAnalyst.family }

    public func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion] {
        snapshot.views.flatMap { view in analysts.map { $0.opinion(on: view.symbol, view.columns) } }
    }
}
