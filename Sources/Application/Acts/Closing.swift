// A person sells, or gives up what can never be sold.
import Engine
package import Events
import Kernel
package import Market
import Ports
import Settings
import Store
import Trading

/// What became of the positions that were to be closed.
package struct Closing: Sendable {
    package let session: Session
    package let closed: [Symbol]
    /// Announced, and not filled yet.
    package let pending: [PendingSale]
    /// Queued meanwhile, in their order.
    package let messages: [MessageQueued]
    /// Whether nothing was open.
    package let isIdle: Bool

    /// Sells one position at the market, or all of them. What a stop should have sold since the last look is sold at that stop first.
    /// - Parameter name: the pair, e.g. `LINK/USDT`, `LINKUSDT` or `LINK`; nil for all.
    package static func sell(_ name: String?, _ caller: Caller) async throws -> Closing {
        try await Closing(caller, name) { session, symbol in
            _ = try await ManualClose(try session.assembly().parts()).close(symbol)
        }
    }

    /// Closes one trade with its whole loss: its coins count as nothing from then on. Refused while it can be sold.
    package static func writeOff(_ name: String, reason: String, _ caller: Caller) async throws -> Closing {
        try await Closing(caller, name) { session, symbol in
            guard let symbol else { return }
            switch try await WriteOff(try session.assembly().parts()).writeOff(symbol, reason: SafeText.typed(reason)) {
            case .writtenOff, .notOpen: break
            case .sellable(let price):
                throw Failure(.usage, "\(symbol) has a price (\(price)) and can be sold: carillon close \(symbol); nothing was written off")
            case .untried:
                throw Failure(
                    .unavailable,
                    "\(symbol) has no price at the moment, and no sale of it has failed yet: try carillon close \(symbol), "
                        + "or wait until the monitor has said that its price cannot be read; nothing was written off")
            }
        }
    }

    private init(_ caller: Caller, _ name: String?, _ act: (Session, Symbol?) async throws -> Void) async throws {
        session = try await Session.writing(caller)
        let open = try session.journal.book().main.openPositions.map(\.symbol)
        let wanted = try name.map { try Self.find($0, open) }
        let before = try session.journal.lastMessageNumber()
        try await act(session, wanted)
        let meant = wanted.map { [$0] } ?? open, book = try session.journal.book(), left = Set(book.main.openPositions.map(\.symbol))
        closed = meant.filter { !left.contains($0) }
        pending = book.main.pendingSales.filter { meant.contains($0.symbol) }.map { [session] in PendingSale($0, session) }
        messages = try session.journal.messages(after: before)
        isIdle = meant.isEmpty
    }

    /// Hands out what was queued.
    package func finish() async { await Post(session).deliver() }

    /// A pair that is open, by its name with or without the stroke.
    private static func find(_ text: String, _ open: [Symbol]) throws(Failure) -> Symbol {
        let upper = text.uppercased()
        if let symbol = open.first(where: { $0.description == upper || $0.joined == upper || $0.base.code == upper }) { return symbol }
        throw Failure(
            .usage, "\(SafeText.typed(text)) is not open; open: \(open.isEmpty ? "nothing" : open.map(\.description).joined(separator: ", "))")
    }
}
