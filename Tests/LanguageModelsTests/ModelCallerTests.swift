// Two tries inside a deadline, and money before each: reserved, then booked as used, never less than billed.
import HTTPClient
import Kernel
import LanguageModels
import Ports
import Synchronization
import TestSupport
import Testing

/// A model that answers from a list, taking a stated time on the test's clock.
final class FakeLanguageModel: LanguageModel {
    let vendor = "fake"
    private let clock: FakeClock
    private let takes: TimeSpan
    private let answers: Mutex<[Result<ModelAnswer, ModelError>]>
    let timeouts = Mutex<[TimeSpan]>([])
    init(_ answers: [Result<ModelAnswer, ModelError>], clock: FakeClock, takes: TimeSpan = .seconds(1)) {
        self.answers = Mutex(answers)
        self.clock = clock
        self.takes = takes
    }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        timeouts.withLock { $0.append(request.timeout) }
        clock.advance(by: min(takes, request.timeout))
        return try answers.withLock { $0.removeFirst() }.get()
    }
}

@Suite("ModelCaller")
struct ModelCallerTests {
    static let pricing = ModelPricing(input: "2", cachedInput: "0.2", output: "10")
    static let good = ModelAnswer(
        text: "{}", servedModel: "m", stopReason: "end_turn", usage: TokenUsage(input: 1_000, cachedInput: 400, output: 100))
    private let clock = FakeClock()

    private func ask(
        _ answers: [Result<ModelAnswer, ModelError>], ledger: FakeLedger, within deadline: TimeSpan = .seconds(20), takes: TimeSpan = .seconds(1)
    )
        async -> (result: Result<ModelAnswer, ModelError>, timeouts: [TimeSpan])
    {
        let model = FakeLanguageModel(answers, clock: clock, takes: takes)
        let caller = ModelCaller(model: model, prices: ModelPrices(["model-a": Self.pricing], baseURL: "https://api.example.com"), clock: clock)
        do throws(ModelError) {
            let answer = try await caller.ask(Fixtures.request(timeout: .seconds(15)), id: "C1-tech-BTC", within: deadline, ledger: ledger)
            return (.success(answer), model.timeouts.withLock { $0 })
        } catch { return (.failure(error), model.timeouts.withLock { $0 }) }
    }

    @Test("an answer is booked at what it used, rounded up")
    func booked() async throws {
        let ledger = FakeLedger(budget: "2")
        _ = try await ask([.success(Self.good)], ledger: ledger).result.get()
        let call = try #require(ledger.calls.first)
        // (600 × 2 + 400 × 0.2 + 100 × 10) / 1,000,000
        #expect(call.bookedCost == "0.00228" && ledger.left == "1.99772" && ledger.open == [])
        #expect(
            call.id == "C1-tech-BTC/1" && call.latency == .seconds(1) && call.error == nil && call.rawText == "{}"
                && call.reservedCost > call.bookedCost)
    }

    @Test("a failure that may pass is tried once more within what is left")
    func retried() async throws {
        let ledger = FakeLedger(budget: "2")
        let (result, timeouts) = await ask(
            [.failure(ModelError(.unavailable, "x", httpStatus: 503)), .success(Self.good)], ledger: ledger, within: .seconds(12), takes: .seconds(5))
        _ = try result.get()
        #expect(ledger.calls.map(\.id) == ["C1-tech-BTC/1", "C1-tech-BTC/2"] && ledger.calls.map(\.error) == [.unavailable, nil])
        #expect(ledger.calls.first?.bookedCost == .zero)
        #expect(timeouts.count == 2 && timeouts[0] == .seconds(12) && timeouts[1] <= .seconds(7))
    }

    @Test(
        "these end the call at once",
        arguments: [
            ModelError(.outOfMoney, "", httpStatus: 402), ModelError(.authentication, "", httpStatus: 401),
            ModelError(.badRequest, "", httpStatus: 400),
            ModelError(.refused, "", httpStatus: 200), ModelError(.truncated, "", httpStatus: 200), ModelError(.tooLarge, ""),
            ModelError(.rateLimited, "", httpStatus: 429, retryAfter: .seconds(60))
        ])
    func notRetried(_ error: ModelError) async {
        let ledger = FakeLedger(budget: "2")
        let (result, timeouts) = await ask([.failure(error), .success(Self.good)], ledger: ledger)
        guard case .failure(let got) = result else { Issue.record("expected \(error.kind)"); return }
        #expect(got.kind == error.kind && timeouts.count == 1 && ledger.calls.count == 1)
    }

    @Test("two failures are the end, and a Retry-After inside the deadline is waited for")
    func twoTries() async {
        let busy = ModelError(.rateLimited, "", httpStatus: 429, retryAfter: .seconds(7))
        let (result, timeouts) = await ask([.failure(busy), .failure(busy), .success(Self.good)], ledger: FakeLedger(budget: "2"))
        #expect(throws: ModelError.self) { try result.get() }
        #expect(timeouts.count == 2 && clock.sleeps == [.seconds(7)])
    }

    @Test("what the budget does not hold is never sent")
    func F083_overBudget() async {
        let ledger = FakeLedger(budget: "0.001")
        let (result, timeouts) = await ask([.success(Self.good)], ledger: ledger)
        guard case .failure(let error) = result else { Issue.record("expected overBudget"); return }
        #expect(error.kind == .overBudget && timeouts.isEmpty && ledger.left == "0.001" && ledger.calls.isEmpty)
    }

    @Test("a retry needs its own reserve, and what is unknown stays booked in full")
    func F083_unknownStaysBooked() async throws {
        let reserve = Self.pricing.estimateCost(Fixtures.request())
        let ledger = FakeLedger(budget: reserve + FixedDecimal.ulp)
        let (result, timeouts) = await ask([.failure(ModelError(.timeout, "")), .success(Self.good)], ledger: ledger)
        guard case .failure(let error) = result else { Issue.record("expected overBudget"); return }
        #expect(error.kind == .overBudget && timeouts.count == 1 && ledger.left == .ulp && ledger.calls.first?.bookedCost == reserve)
    }

    @Test("reserve comes before the call: a crash in between leaves the money counted")
    func F083_reserveFirst() async throws {
        let ledger = FakeLedger(budget: "2")
        let server = try LoopbackServer { _ in .json(ledger.open.joined(), status: 400) }
        defer { server.stop() }
        let model = OpenAICompatibleModel(transport: CurlTransport(version: "t"), clock: clock, key: nil, baseURL: server.url)
        let caller = ModelCaller(model: model, prices: ModelPrices(["model-a": Self.pricing], baseURL: server.url), clock: clock)
        await #expect(throws: ModelError.self) { try await caller.ask(Fixtures.request(), id: "c", within: .seconds(9), ledger: ledger) }
        #expect(ledger.calls.map(\.id) == ["c/1"] && ledger.open == [])
    }

    @Test("no budget is ever overdrawn by what may still come, 300 random calls", arguments: [UInt64(1), 2, 3])
    func F083_neverOverdrawn(_ seed: UInt64) async {
        var random = SplitMix64(seed: seed)
        let ledger = FakeLedger(budget: "0.05")
        for number in 0..<300 {
            let kinds: [ModelError.Kind] = [.rateLimited, .unavailable, .timeout, .malformed, .refused, .truncated]
            let used = TokenUsage(input: Int.random(in: 0...400, using: &random), output: Int.random(in: 1...200, using: &random))
            var answer = Self.good
            answer.usage = used
            let failure = ModelError(kinds.randomElement(using: &random) ?? .timeout, "", usage: Bool.random(using: &random) ? used : nil)
            let model = FakeLanguageModel([.failure(failure), Bool.random(using: &random) ? .success(answer) : .failure(failure)], clock: clock)
            let caller = ModelCaller(model: model, prices: ModelPrices(["model-a": Self.pricing], baseURL: "https://a.example"), clock: clock)
            _ = try? await caller.ask(Fixtures.request(), id: "c\(number)", within: .seconds(9), ledger: ledger)
            #expect(!ledger.left.isNegative)
        }
        #expect(ledger.left < Self.pricing.estimateCost(Fixtures.request()))
    }

    @Test(
        "a model without a price is refused, except on loopback",
        arguments: [
            ("https://api.example.com", false), ("https://localhost.example.com", false), ("http://127.0.0.1.example.com/v1", false),
            ("https://user@127.0.0.1/", false),
            ("http://127.0.0.1:11434/v1", true), ("http://localhost:8000", true), ("http://[::1]:8080/v1", true), ("ftp://127.0.0.1/", false),
            ("", false)
        ])
    func unpriced(_ url: String, _ allowed: Bool) { #expect((ModelPrices([:], baseURL: url).pricing(of: "x") == .free) == allowed) }

    @Test("an unpriced model and a prompt beyond its price are not sent")
    func refusedBeforeSending() async {
        let ledger = FakeLedger(budget: "2")
        let model = FakeLanguageModel([], clock: clock)
        for table in [[:], ["model-a": ModelPricing(input: "1", output: "1", maximumInputTokens: 1_000)]] {
            let caller = ModelCaller(model: model, prices: ModelPrices(table, baseURL: "https://api.example.com"), clock: clock)
            await #expect(throws: ModelError.self) { try await caller.ask(Fixtures.request(), id: "c", within: .seconds(9), ledger: ledger) }
        }
        #expect(model.timeouts.withLock { $0 }.isEmpty && ledger.left == "2")
    }

    @Test(
        "costs round up and the estimate covers input and output",
        arguments: [
            (TokenUsage(), "0"), (TokenUsage(input: 1), "0.000002"), (TokenUsage(input: 1, cachedInput: 1), "0.0000002"),
            (TokenUsage(input: 1_000_000, cachedInput: 0, output: 1_000_000), "12"), (TokenUsage(input: 10, cacheWrite: 10), "0.000025"),
            (TokenUsage(input: 5, cachedInput: 10, output: 0), "0.000002")
        ])
    func costs(_ usage: TokenUsage, _ expected: String) {
        #expect(Self.pricing.cost(of: usage).description == expected)
        let odd = ModelPricing(input: "0.000000000001", output: .zero)
        #expect(odd.cost(of: TokenUsage(input: 1)) == .ulp)
        #expect(Self.pricing.estimateCost(Fixtures.request()) >= Self.pricing.cost(of: TokenUsage(input: 60, output: 200)))
    }
}
