// What follows from an operation: lists whose working order filled, then triggers, one at a time.

extension MatchingCore {
    /// Activates and fires until nothing is left to do. Nothing happens in a symbol that is not trading.
    mutating func settleAftermath(in market: Int) {
        guard markets[market].isTrading else { return }
        while true {
            if !activations.isEmpty {
                activate(activations.removeFirst())
            } else if let price = markets[market].referencePrice, let id = markets[market].triggers.firstDue(at: price) {
                fire(id)
            } else {
                return
            }
        }
    }

    private mutating func fire(_ id: Int64) {
        dissolvePair(survivor: id)
        leaveSeat(id)
        enter(id)
    }
}
