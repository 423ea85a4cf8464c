// Asks a model inside a deadline: at most two tries, money reserved before each, a record after each. Being
// out of money never asks again, and neither does a Retry-After beyond the deadline.
public import Kernel
public import Ports

public struct ModelCaller: ModelAsking {
    private let model: any LanguageModel
    private let prices: ModelPrices
    private let clock: any Clock
    private let policy: RetryPolicy

    public var vendor: String { model.vendor }

    public init(
        model: any LanguageModel, prices: ModelPrices, clock: any Clock,
        policy: RetryPolicy = RetryPolicy(maximumTries: 2, base: TimeSpan(milliseconds: 500), cap: .seconds(2))
    ) {
        self.model = model
        self.prices = prices
        self.clock = clock
        self.policy = policy
    }

    /// A complete answer before `deadline` has passed, or why there is none.
    /// - Parameter id: derived from cycle, analyst and symbol, so that records of a redone call can be told apart.
    public func ask(_ request: ModelRequest, id: String, within deadline: TimeSpan, ledger: any CallLedger) async throws(ModelError) -> ModelAnswer {
        guard let pricing = prices.pricing(of: request.model) else {
            throw ModelError(.badRequest, "model \(request.model) has no price; set one, or 'price: free'", usage: TokenUsage())
        }
        guard ModelPricing.inputTokenBound(request) <= pricing.maximumInputTokens else {
            throw ModelError(
                .badRequest, "the prompt may be longer than the \(pricing.maximumInputTokens) tokens its price covers", usage: TokenUsage())
        }
        let ends = clock.monotonic.milliseconds + deadline.milliseconds
        var jitter = SplitMix64(named: id)
        var attempt = 1
        while true {
            var timed = request
            timed.timeout = min(request.timeout, TimeSpan(milliseconds: ends - clock.monotonic.milliseconds))
            guard timed.timeout.milliseconds > 0 else { throw ModelError(.timeout, "no time left to ask", usage: TokenUsage()) }
            do throws(ModelError) {
                return try await attemptOnce(timed, id: "\(id)/\(attempt)", attempt, pricing, ledger)
            } catch {
                let left = TimeSpan(milliseconds: ends - clock.monotonic.milliseconds)
                guard error.mayRetry, !Task.isCancelled,
                    let wait = policy.delay(attempt: attempt, retryAfter: error.retryAfter, remaining: left, using: &jitter)
                else { throw error }
                guard (try? await clock.sleep(for: wait)) != nil else { throw error }
                attempt += 1
            }
        }
    }

    private func attemptOnce(_ request: ModelRequest, id: String, _ attempt: Int, _ pricing: ModelPricing, _ ledger: any CallLedger)
        async throws(ModelError) -> ModelAnswer
    {
        let reserve = pricing.estimateCost(request)
        try await ledger.reserve(id, attempt: attempt, cost: reserve)
        let start = clock.monotonic
        var call = ModelCall(id: id, vendor: model.vendor, requestedModel: request.model, sentAt: clock.now, reservedCost: reserve)
        let result = await Self.result { () async throws(ModelError) -> ModelAnswer in try await model.complete(request) }
        call.latency = TimeSpan(milliseconds: clock.monotonic.milliseconds - start.milliseconds)
        switch result {
        case .success(let answer): call.note(answer, pricing)
        case .failure(let error): call.note(error, pricing)
        }
        try await ledger.settle(call)
        return try result.get()
    }

    private static func result(_ body: () async throws(ModelError) -> ModelAnswer) async -> Result<ModelAnswer, ModelError> {
        do throws(ModelError) { return .success(try await body()) } catch { return .failure(error) }
    }
}

extension ModelCall {
    fileprivate mutating func note(_ answer: ModelAnswer, _ pricing: ModelPricing) {
        servedModel = answer.servedModel
        requestId = answer.requestId
        fingerprint = answer.fingerprint
        httpStatus = answer.httpStatus
        stopReason = answer.stopReason
        rawText = answer.text
        guard answer.usage.output > 0 else { return }
        usage = answer.usage
        bookedCost = pricing.cost(of: answer.usage)
    }

    fileprivate mutating func note(_ failure: ModelError, _ pricing: ModelPricing) {
        servedModel = failure.servedModel
        requestId = failure.requestId
        httpStatus = failure.httpStatus
        stopReason = failure.stopReason
        rawText = failure.text
        error = failure.kind
        errorDetail = failure.detail
        retryAfter = failure.retryAfter
        usage = failure.usage
        if let usage = failure.usage {
            bookedCost = pricing.cost(of: usage)
        } else if let status = failure.httpStatus, Self.isUnbilled(status) {
            bookedCost = .zero
        }
    }

    /// Statuses that mean the model never worked. After a gateway's timeout it may have, so that stays booked.
    private static func isUnbilled(_ status: Int) -> Bool {
        status != 200 && ![408, 499, 502, 504].contains(status) && !(520...527).contains(status)
    }
}
