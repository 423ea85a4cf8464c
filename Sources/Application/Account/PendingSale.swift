// A sale without a final answer, and what a person can do about it.
import Events
import Kernel
import Market
import Messaging
import Ports
import Store
package import Trading

/// A sale that was announced and has no final answer.
package struct PendingSale: Sendable {
    package let sale: Order
    private let session: Session
    package init(_ sale: Order, _ session: Session) {
        self.sale = sale
        self.session = session
    }

    package var words: String {
        let zone = session.zone, now = session.clock.now
        let trouble = (try? session.journal.book())?.trouble(.unsellable, sale.symbol.description)
        let why = trouble.map { ", \(SafeText.line($0.why))" } ?? ""
        let remedy = trouble?.isTold == true ? "; if it can never be sold: carillon close \(sale.symbol) --write-off --reason \"…\"" : ""
        return "\(sale.symbol): its sale is pending since \(Format.moment(sale.createdAt, now: now, in: zone)) (\(sale.id)), not filled yet\(why); "
            + "the monitor asks again each minute\(remedy)"
    }
}
