// Paper money in and out. Baselines move with it, so that neither looks like a profit or a loss.
import Events
package import Kernel
import Ports
import Store

package struct Movement: Sendable {
    package let cash: Money
    package let deposited: FixedDecimal

    /// - Parameters:
    ///   - amount: as a person wrote it, in the account's currency, above zero.
    ///   - direction: 1 for in, -1 for out.
    ///   - reason: for the journal.
    package static func move(_ amount: String, direction: Int, reason: String, _ caller: Caller) async throws -> Movement {
        guard let value = FixedDecimal(amount), value.isPositive, value <= "1000000000000" else {
            throw Failure(.usage, "'\(SafeText.typed(amount))' is not an amount; write e.g. 250.50")
        }
        let session = try await Session.writing(caller)
        var free: FixedDecimal?
        let book = try session.journal.commit(at: session.clock.now) { book in
            let spendable = book.main.cash - book.main.reservedCash
            if direction < 0, value > spendable {
                free = spendable
                return []
            }
            return [.cashMoved(CashMoved(amount: Money(direction > 0 ? value : -value, book.quote), reason: SafeText.typed(reason)))]
        }
        if let free { throw Failure(.data, "only \(free) \(book.quote) is free; nothing was withdrawn") }
        return Movement(cash: Money(book.main.cash, book.quote), deposited: book.main.baselines.deposited)
    }
}
