// Every state met by every event, in one table written by hand from the words of the design: no event
// may be forgotten, and a contradiction is a contradiction and not a silent move.
import Testing

@testable import Trading

/// Rows are states, columns the events of `columns`; `-` is a contradiction.
private let orderTable = """
    state           deny   submit    accept   reject   partialFill     completeFill requestCancel refuseCancel confirmCancel expire  loseAnswer \
    confirmAbsent
    initialized     denied submitted -        -        -               -            -             -            -             -       -          -
    denied          -      -         accepted -        partiallyFilled filled       -             -            -             -       -          -
    submitted       -      -         accepted rejected partiallyFilled filled       pendingCancel -            canceled      expired unknown    denied
    accepted        -      -         -        -        partiallyFilled filled       pendingCancel -            canceled      expired -          -
    partiallyFilled -      -         -        -        partiallyFilled filled       pendingCancel -            canceled      expired -          -
    filled          -      -         -        -        filled          filled       -             -            -             -       -          -
    pendingCancel   -      -         -        -        pendingCancel   filled       -             unknown      canceled      expired unknown    -
    canceled        -      -         accepted -        canceled        filled       -             -            -             -       -          -
    expired         -      -         accepted -        expired         filled       -             -            -             -       -          -
    rejected        -      -         accepted -        partiallyFilled filled       -             -            -             -       -          -
    unknown         -      -         accepted rejected partiallyFilled filled       pendingCancel -            canceled      expired unknown    denied
    """

private let positionTable = """
    state           submitEntry failEntry fillEntry       fillPartOfExit  fillRestOfExit
    notOwned        pending     -         open            -               -
    pending         -           notOwned  open            -               -
    open            -           -         open            partiallyClosed closed
    partiallyClosed -           -         partiallyClosed partiallyClosed closed
    closed          -           -         open            -               -
    """

/// One cell of a table: `from` met by `event` is `to`.
private struct Cell: Hashable { let from, event, to: String }

private func cells(_ table: String) -> [Cell] {
    let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    return rows.dropFirst().flatMap { row in
        zip(rows[0].dropFirst(), row.dropFirst()).map { Cell(from: row[0], event: $0, to: $1) }
    }
}

@Suite("The life of an order")
struct OrderStatusTests {
    @Test("every state meets every event as the table says")
    func table() throws {
        let table = cells(orderTable)
        #expect(table.count == OrderStatus.allCases.count * OrderEvent.allCases.count)
        #expect(Set(table).count == table.count)
        for cell in table {
            let state = try #require(OrderStatus(rawValue: cell.from)), event = try #require(OrderEvent(rawValue: cell.event))
            #expect(state.after(event)?.rawValue ?? "-" == cell.to, "\(cell.from) + \(cell.event)")
        }
    }

    @Test("an ended order takes nothing but a late fill, and that it is alive all the same", arguments: OrderStatus.allCases.filter(\.isTerminal))
    func terminal(_ state: OrderStatus) {
        #expect(state == .filled || state.after(.accept) == .accepted)
        for event in OrderEvent.allCases where ![.partialFill, .completeFill, .accept].contains(event) {
            #expect(state.after(event) == nil, "\(event)")
        }
    }

    @Test("a fill after cancel still counts")
    func fillAfterCancel() {
        #expect(OrderStatus.canceled.after(.completeFill) == .filled)
        #expect(OrderStatus.canceled.after(.partialFill) == .canceled)
        #expect(OrderStatus.expired.after(.completeFill) == .filled)
    }

    @Test("what was said never to have been there lives again with its first fill, and what is filled can only fill further")
    func fillAfterAbsent() {
        for state in [OrderStatus.denied, .rejected] {
            #expect(state.after(.partialFill) == .partiallyFilled && state.after(.completeFill) == .filled)
        }
        #expect(OrderStatus.filled.after(.partialFill) == .filled && OrderStatus.filled.after(.completeFill) == .filled)
    }

    @Test("nothing leads back to initialized, and every other state can be reached from it")
    func reachable() {
        var reached: Set<OrderStatus> = [], frontier: Set<OrderStatus> = [.initialized]
        while !frontier.isEmpty {
            reached.formUnion(frontier)
            frontier = Set(frontier.flatMap { state in OrderEvent.allCases.compactMap { state.after($0) } }).subtracting(reached)
        }
        #expect(reached == Set(OrderStatus.allCases))
        #expect(OrderStatus.allCases.allSatisfy { state in OrderEvent.allCases.allSatisfy { state.after($0) != .initialized } })
    }

    @Test("unknown is not an end, and only a word of the venue leaves it")
    func unknown() {
        #expect(!OrderStatus.unknown.isTerminal)
        for ours in [OrderEvent.deny, .submit, .loseAnswer] { #expect(OrderStatus.unknown.after(ours) ?? .unknown == .unknown) }
        // A request to cancel is not an answer: it is not an end either.
        #expect(OrderStatus.unknown.after(.requestCancel)?.isTerminal == false)
    }

    @Test("an order that meets a contradiction says so and stays as it was", arguments: OrderEvent.allCases)
    func handle(_ event: OrderEvent) {
        var order = sampleOrder(.buy)
        let before = order
        let moved = order.handle(event)
        #expect(moved == (event == .deny || event == .submit))
        #expect(moved || order == before)
    }
}

@Suite("The life of a position")
struct PositionStatusTests {
    @Test("every state meets every event as the table says")
    func table() throws {
        let table = cells(positionTable)
        #expect(table.count == PositionStatus.allCases.count * PositionEvent.allCases.count)
        for cell in table {
            let state = try #require(PositionStatus(rawValue: cell.from)), event = try #require(PositionEvent(rawValue: cell.event))
            #expect(state.after(event)?.rawValue ?? "-" == cell.to, "\(cell.from) + \(cell.event)")
        }
    }

    @Test("nothing is sold that is not held")
    func noSaleWithoutCoins() {
        for state in [PositionStatus.notOwned, .pending, .closed] {
            #expect(state.after(.fillPartOfExit) == nil && state.after(.fillRestOfExit) == nil)
        }
    }

    @Test("a late fill of an entry that was given up is owned again")
    func lateFill() {
        #expect(PositionStatus.notOwned.after(.fillEntry) == .open)
        #expect(PositionStatus.closed.after(.fillEntry) == .open)
    }
}
