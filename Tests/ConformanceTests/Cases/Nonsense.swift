// C9: answers that make no sense. After an order they leave its outcome open; the order is found by asking.
import Ports
import Testing
import Trading

extension ConformanceCase {
    private typealias Spoiling = (name: String, circumstance: @Sendable (Trial, Request) -> Circumstance)
    private static let spoilings: [Spoiling] = [
        ("F026: a page with status 200", { .page($1) }), ("F026: a cut answer", { .truncated($1, bytes: 40) }),
        ("F026: an answer of 16 MB", { .huge($1) }),
        ("F049: an answer about another symbol", { .otherSymbol($1) }), ("F049: an answer about another order", { .otherClientId($1, $0.id()) })
    ]

    private static func afterOrder(_ index: Int) -> ConformanceCase {
        let spoiling = spoilings[index]
        return ConformanceCase(
            "C90\(index + 1)", spoiling.name + " to a new order leaves it in doubt; asked for, it is there once",
            [.type(.limit), .arranging(.malformed)]
        ) { (trial) async throws in
            try await trial.arrange(spoiling.circumstance(trial, .submit))
            #expect(await trial.submit(.buy, trial.limit()).error?.leavesOutcomeOpen == true)
            #expect(try await trial.order().status == .new)
            #expect(try await trial.venue.books().taken(trial.id()) == 1)
        }
    }

    private static func afterQuestion(_ index: Int) -> ConformanceCase {
        let spoiling = spoilings[index]
        return ConformanceCase("C91\(index + 1)", spoiling.name + " to a question is no order", [.type(.limit), .arranging(.malformed)]) {
            (trial) async throws in
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(spoiling.circumstance(trial, .ask))
            let kind = await trial.ask().error?.kind
            #expect(kind == "malformed" || kind == "unavailable")
            #expect(try await trial.order().status == .new)
        }
    }

    private static func afterCancel(_ index: Int) -> ConformanceCase {
        let spoiling = spoilings[index]
        return ConformanceCase(
            "C92\(index + 1)", spoiling.name + " to a cancel leaves it in doubt; the order tells",
            [.type(.limit), .arranging(.malformed)]
        ) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(spoiling.circumstance(trial, .cancel))
            #expect(await trial.cancel().error?.leavesOutcomeOpen == true)
            #expect(try await trial.order().status == .canceled)
        }
    }

    static let nonsense: [ConformanceCase] =
        spoilings.indices.map(afterOrder) + spoilings.indices.map(afterQuestion) + spoilings.indices.map(afterCancel) + [
            ConformanceCase(
                "C931", "F027: a word for a status that nobody knows stays itself and ends nothing",
                [.type(.limit), .arranging(.malformed)]
            ) { (trial) async throws in
                try await trial.arrange(.unknownStatus(.submit))
                let placed = await trial.submit(.buy, trial.limit())
                #expect(placed.value?.status == .unrecognised("FROZEN") || placed.error?.leavesOutcomeOpen == true || trial.isReceipt)
                try await trial.arrange(.unknownStatus(.ask))
                let order = try await trial.ask().get()
                #expect(order.status == .unrecognised("FROZEN") && !order.status.isFinal)
            },
            ConformanceCase("C932", "F026: an account that cannot be read is none", [.arranging(.malformed)]) { (trial) async throws in
                for circumstance in [Circumstance.page(.account), .huge(.account), .truncated(.account, bytes: 200)] {
                    try await trial.arrange(circumstance)
                    let kind = await trial.account().error?.kind
                    #expect(kind == "malformed" || kind == "unavailable")
                }
            }
        ]
}
