// Nothing can be bought any more because the odds, as closed trades have shaped them, do not pay for the costs: a state
// with a beginning and an end, not the same refusal hour after hour.
import Events
import Ports
import Settings

struct BuyingWatch {
    let parts: Parts
    /// One hour's candidates may be poor ones.
    static let hours = 3

    /// After `decided` was written.
    func note(_ decided: Decided, _ writer: inout EventWriter) {
        switch decided.isUnpaid {
        case nil: return
        case false?: writer.end(.notBuying, how: "the odds pay again")
        case true?:
            guard (writer.book.unpaidHours ?? 0) >= Self.hours else { return }
            writer.begin(.notBuying, why: why(writer.book))
        }
    }

    private func why(_ book: Book) -> String {
        let trades = book.closedTrades, panel = parts.panel.name
        let record = trades == 0 ? "no closed trade shows an edge" : "\(trades) closed trade\(trades == 1 ? "" : "s") show no edge"
        let probes = parts.settings.account.mode == .paper ? ", and probes ended after \(parts.limits.probeUntilTrades)" : ""
        return "\(record): at the odds of \(panel) a trade does not pay for its costs\(probes)"
    }
}
