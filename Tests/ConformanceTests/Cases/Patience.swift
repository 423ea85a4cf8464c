// C7: what a venue allows, and being silent when it says so.
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

extension Trial {
    /// Nothing leaves for the venue while `body` runs.
    func expectNothingSent(_ body: () async throws -> Void) async throws {
        let before = venue.requests
        try await body()
        #expect(venue.requests == before, "a request was sent")
    }
}

extension ConformanceCase {
    static let patience: [ConformanceCase] = [
        ConformanceCase(
            "C701", "F048: ordinary orders stop at half of the venue's quota, protective ones have the rest",
            [.type(.limit), .arranging(.orderQuota)]
        ) { (trial) async throws in
            try await trial.arrange(.orderQuota(6))
            _ = try await trial.exchange.rules()
            for label in ["a", "b", "c"] { try await trial.place(.buy, trial.limit(), label) }
            try await trial.expectNothingSent { () async throws in
                let error = await trial.submit(.buy, trial.limit(), "d").error
                guard case .rateLimited(let until)? = error else { return #expect(error?.kind == "rateLimited") }
                #expect(until > trial.venue.clock.now)
            }
            for label in ["e", "f", "g"] { try await trial.place(.buy, trial.limit(), label, .protective) }
            try await trial.expectNothingSent { () async throws in
                #expect(await trial.submit(.buy, trial.limit(), "h", .protective).error?.kind == "rateLimited")
            }
            try await trial.arrange(.passing(.seconds(10)))
            try await trial.place(.buy, trial.limit(), "i")
        },
        ConformanceCase(
            "C702", "the venue's own quota refuses an order, places nothing, and stops orders alone",
            [.type(.limit), .arranging(.orderQuota)]
        ) { (trial) async throws in
            try await trial.arrange(.orderQuota(2))
            for label in ["a", "b"] { try await trial.place(.buy, trial.limit(), label) }
            let error = await trial.submit(.buy, trial.limit(), "c").error
            guard case .rateLimited(let until)? = error else { return #expect(error?.kind == "rateLimited") }
            try await trial.expectNothingSent { () async throws in
                #expect(await trial.submit(.buy, trial.limit(), "d", .protective).error?.kind == "rateLimited")
            }
            #expect(try await trial.order("a").status == .new)
            _ = try await trial.cancel("a").get()
            try await trial.arrange(.passing(until - trial.venue.clock.now))
            try await trial.place(.buy, trial.limit(), "e")
            try await trial.expectAbsent("c")
        },
        ConformanceCase("C703", "F021: told to wait, nothing is sent until then", [.type(.limit), .arranging(.rateLimit)]) { (trial) async throws in
            try await trial.arrange(.rateLimit(.seconds(30)))
            let until = trial.venue.clock.now + .seconds(30)
            #expect(await trial.submit(.buy, trial.limit()).error == .rateLimited(until: until))
            try await trial.expectNothingSent { () async throws in
                #expect(await trial.ask().error == .rateLimited(until: until))
                #expect(await trial.cancel().error == .rateLimited(until: until))
                #expect(await trial.account().error == .rateLimited(until: until))
                #expect(await trial.submit(.buy, trial.limit(), "b", .protective).error == .rateLimited(until: until))
            }
            try await trial.arrange(.passing(.seconds(30)))
            try await trial.expectAbsent()
            try await trial.place(.buy, trial.limit(), "c")
        },
        ConformanceCase("C704", "F022: banned, there is silence until the ban's end", [.type(.limit), .arranging(.ban)]) { (trial) async throws in
            try await trial.arrange(.ban(.minutes(2)))
            let until = trial.venue.clock.now + .minutes(2)
            #expect(await trial.ask().error == .banned(until: until))
            try await trial.expectNothingSent { () async throws in
                for priority in [RequestPriority.ordinary, .protective] {
                    #expect(await trial.submit(.buy, trial.limit(), "a", priority).error == .banned(until: until))
                }
                #expect(await trial.cancel().error == .banned(until: until))
                #expect(await trial.account().error == .banned(until: until))
                #expect(await Result { () async throws(ExchangeError) in try await trial.exchange.rules() }.error == .banned(until: until))
            }
            try await trial.arrange(.passing(.minutes(2)))
            try await trial.place(.buy, trial.limit())
        },
        ConformanceCase(
            "C705", "F020, F044: in maintenance reads are unavailable and a new order is in doubt; afterwards all works",
            [.type(.limit), .arranging(.maintenance)]
        ) { (trial) async throws in
            try await trial.arrange(.maintenance(true))
            #expect(await trial.account().error?.kind == "unavailable")
            #expect(await trial.ask().error?.kind == "unavailable")
            #expect(await trial.submit(.buy, trial.limit()).error?.kind == "outcomeUnknown")
            try await trial.arrange(.maintenance(false))
            try await trial.expectAbsent()
            try await trial.place(.buy, trial.limit(), "b")
        },
        ConformanceCase(
            "C706", "F056: a clock that is wrong by ten seconds is told, and the next request is stamped by the venue's time",
            [.type(.limit), .time, .arranging(.clockSkew)]
        ) { (trial) async throws in
            for (label, skew) in [("a", 10), ("b", -10)] {
                try await trial.arrange(.clockSkew(.seconds(skew)))
                #expect(await trial.submit(.buy, trial.limit(), label).error?.kind == "clockSkew")
                #expect(try await trial.venue.books().taken(trial.id(label)) == 0)
                try await trial.place(.buy, trial.limit(), label)
            }
        },
        ConformanceCase("C707", "the venue's time is measured against ours", [.time, .arranging(.clockSkew)]) { (trial) async throws in
            #expect(try await trial.exchange.measureClock().offset == .seconds(0))
            try await trial.arrange(.clockSkew(TimeSpan(milliseconds: 300)))
            #expect(try await trial.exchange.measureClock().offset == TimeSpan(milliseconds: 300))
        }
    ]

    // MARK: C8: who asks

    static let keys: [ConformanceCase] = [
        ConformanceCase("C801", "a wrong secret is refused as such, and nothing is done", [.type(.limit), .arranging(.keys)], ending: .silent) {
            (trial) async throws in
            try await trial.arrange(.wrongSecret)
            #expect(await trial.submit(.buy, trial.limit()).error?.kind == "authentication")
            #expect(await trial.account().error?.kind == "authentication")
            #expect(try await trial.venue.books().orders.isEmpty)
        },
        ConformanceCase(
            "C802", "F023: a revoked key opens the circuit: nothing signed is sent any more",
            [.type(.limit), .arranging(.keys)], ending: .silent
        ) { (trial) async throws in
            try await trial.place(.buy, trial.limit())
            try await trial.arrange(.keyRevoked)
            #expect(await trial.account().error?.kind == "authentication")
            try await trial.expectNothingSent { () async throws in
                try await trial.arrange(.passing(.hours(1)))
                #expect(await trial.submit(.buy, trial.limit(), "b", .protective).error?.kind == "authentication")
                #expect(await trial.cancel().error?.kind == "authentication")
                #expect(await trial.ask().error?.kind == "authentication")
            }
            #expect(try await trial.venue.books().orders.count == 1)
        },
        ConformanceCase("C803", "F023: a key that may not trade places nothing", [.type(.limit), .arranging(.keys)], ending: .silent) {
            (trial) async throws in
            try await trial.arrange(.keyMayNotTrade)
            _ = try await trial.account().get()
            #expect(await trial.submit(.buy, trial.limit()).error?.kind == "authentication")
            #expect(try await trial.venue.books().orders.isEmpty)
        },
        ConformanceCase("C804", "F098: what the key may do is told, withdrawing above all", [.keyRestrictions, .arranging(.keys)]) {
            (trial) async throws in
            let narrow = try await trial.exchange.keyRestrictions()
            #expect(narrow.mayRead == true && narrow.mayTradeSpot == true && narrow.mayWithdraw == false)
            try await trial.arrange(.keyMayWithdraw)
            #expect(try await trial.exchange.keyRestrictions().mayWithdraw == true)
        }
    ]
}
