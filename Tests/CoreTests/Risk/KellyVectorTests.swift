// Every reference vector is computed by the product's own formula; an id nobody knows fails.
import Testing

@testable import Risk

/// Compares each output of a vector; one that was not computed fails too.
func check(_ vector: ReferenceVector, _ got: [String: VectorValue]) {
    for (name, expected) in vector.outputs.sorted(by: { $0.key < $1.key }) {
        switch (expected, got[name]) {
        case (.number(let x), .number(let y)?): close([x], [y], name)
        case (.list(let x), .list(let y)?): close(x, y, name)
        default: Issue.record("\(vector.id): \(name) was not computed")
        }
    }
    func close(_ expected: [Double], _ got: [Double], _ name: String) {
        let near =
            expected.count == got.count
            && zip(expected, got).allSatisfy { ($0 - $1).magnitude <= vector.tolerance }
        #expect(near, "\(vector.id) \(name): \(got), reference \(expected)")
    }
}

/// The formula of a vector, chosen by the start of its id; nil for an id that is not known.
private func computed(_ v: ReferenceVector) -> [String: VectorValue]? {
    let families: [(String, (ReferenceVector) -> [String: VectorValue])] = [
        ("ai-cost-hurdle", hurdle), ("baker-mchale", bakerMcHale), ("beta-posterior", betaPosterior), ("binary", binary),
        ("partial-loss", partialLoss), ("fractional", fractional), ("drawdown", drawdown), ("cautious-ladder", cautious),
        ("dirichlet-ladder", dirichlet), ("ladder-net-returns", netReturns), ("rck", constrained), ("two-", simultaneous)
    ]
    if let family = families.first(where: { v.id.hasPrefix($0.0) }) { return family.1(v) }
    if v.id.hasPrefix("ladder-") { return v.has("probabilities") ? ladder(v) : driftless(v) }
    return nil
}

private func terms(_ v: ReferenceVector) -> LadderTerms {
    LadderTerms(
        stop: v["stop"], targets: v.list("targets"), shares: v.list("shares"),
        stopAfterFirst: v.has("stop_after_tp1") ? v["stop_after_tp1"] : nil)!
}
private func costs(_ v: ReferenceVector) -> TradingCosts { TradingCosts(fee: v["fee"], slippage: v["slippage"]) }
private func cap(_ v: ReferenceVector) -> Double { v.has("cap") ? v["cap"] : 1 }

private func hurdle(_ v: ReferenceVector) -> [String: VectorValue] {
    ["bps": .number(CostHurdle.basisPoints(dailyCost: v["daily_cost"], tradesPerDay: v["trades_per_day"], notional: v["notional"]))]
}

private func bakerMcHale(_ v: ReferenceVector) -> [String: VectorValue] {
    let shrunk = BakerMcHale(p: v["p"], win: v["b"], trials: v["n"])
    return ["sd": .number(shrunk.deviation), "raw": .number(shrunk.raw), "shrink": .number(shrunk.shrink), "stake": .number(shrunk.stake)]
}

private func betaPosterior(_ v: ReferenceVector) -> [String: VectorValue] {
    let posterior = BetaPosterior(priorWins: v["a0"], priorLosses: v["b0"], wins: v["wins"], trials: v["n"])
    let bound = posterior.quantile(v["q"])
    let percent = Int((v["q"] * 100).rounded())
    return [
        "mean": .number(posterior.mean), "q\(percent)": .number(bound),
        "kelly_mean": .number(BinaryBet(p: posterior.mean, win: v["b"]).fraction),
        "kelly_q\(percent)": .number(BinaryBet(p: bound, win: v["b"]).fraction),
        "p_edge": .number(posterior.chanceOfEdge(win: v["b"]))
    ]
}

private func binary(_ v: ReferenceVector) -> [String: VectorValue] {
    let bet = BinaryBet(p: v["p"], win: v["b"], loss: v.has("loss") ? v["loss"] : 1)
    // The closed form and the general root finder must say the same.
    let general = Kelly.fraction(probabilities: [bet.p, 1 - bet.p], returns: [bet.win, -bet.loss])
    #expect((general - bet.fraction).magnitude < 1e-12)
    return ["fraction": .number(bet.fraction), "growth": .number(bet.growth(at: bet.fraction)), "mean": .number(bet.mean)]
}

private func partialLoss(_ v: ReferenceVector) -> [String: VectorValue] {
    let bet = BinaryBet(p: v["p"], win: v["win"], loss: v["loss"])
    let capped = min(bet.fraction, cap(v))
    return [
        "fraction": .number(bet.fraction), "growth": .number(bet.growth(at: bet.fraction)), "mean": .number(bet.mean),
        "capped": .number(capped), "growth_capped": .number(bet.growth(at: capped)), "risk_at_stop_capped": .number(capped * bet.loss)
    ]
}

private func fractional(_ v: ReferenceVector) -> [String: VectorValue] {
    let bet = BinaryBet(p: v["p"], win: v["b"])
    let part = v["c"] * bet.fraction
    return [
        "fraction": .number(part), "growth": .number(bet.growth(at: part)),
        "ratio": .number(bet.growth(at: part) / bet.growth(at: bet.fraction)),
        "approx_ratio": .number(FractionalKelly.growthShare(of: v["c"]))
    ]
}

private func drawdown(_ v: ReferenceVector) -> [String: VectorValue] {
    ["p": .list(v.list("x").map { FractionalKelly.drawdownProbability(to: $0, at: v["c"]) })]
}

private func cautious(_ v: ReferenceVector) -> [String: VectorValue] {
    let counts = v.counts("counts"), returns = v.list("returns")
    let posterior = DirichletPosterior.mean(prior: v.list("prior"), counts: counts, weight: v["N0"])
    let result = CautiousKelly(posterior: posterior, returns: returns, weight: v["N0"] + Double(counts.reduce(0, +)))
    return [
        "posterior": .list(posterior), "mean": .number(result.mean), "sd": .number(result.deviation),
        "theta": .number(result.tilt?.theta ?? .nan), "cautious_probabilities": .list(result.tilt?.probabilities ?? []),
        "kelly_mean": .number(Kelly.fraction(probabilities: posterior, returns: returns)), "fraction": .number(result.fraction)
    ]
}

private func ladderResult(_ v: ReferenceVector, _ p: [Double], _ r: [Double]) -> [String: VectorValue] {
    let fraction = Kelly.fraction(probabilities: p, returns: r)
    let capped = min(fraction, cap(v)), quarter = min(fraction / 4, cap(v))
    return [
        "fraction": .number(fraction), "growth": .number(Kelly.growth(at: fraction, probabilities: p, returns: r)),
        "mean": .number(Kelly.mean(probabilities: p, returns: r)), "capped": .number(capped),
        "growth_capped": .number(Kelly.growth(at: capped, probabilities: p, returns: r)),
        "quarter": .number(quarter), "risk_at_stop_quarter": .number(quarter * -r[0])
    ]
}

private func ladder(_ v: ReferenceVector) -> [String: VectorValue] {
    ladderResult(v, v.list("probabilities"), terms(v).netReturns(costs(v)))
}

private func dirichlet(_ v: ReferenceVector) -> [String: VectorValue] {
    let posterior = DirichletPosterior.mean(prior: v.list("prior"), counts: v.counts("counts"), weight: v["N0"])
    return ladderResult(v, posterior, terms(v).netReturns(costs(v))).merging(["posterior": .list(posterior)]) { $1 }
}

private func driftless(_ v: ReferenceVector) -> [String: VectorValue] {
    let ladder = terms(v), p = ladder.driftlessProbabilities, net = ladder.netReturns(costs(v))
    return [
        "probabilities": .list(p), "mean_gross": .number(Kelly.mean(probabilities: p, returns: ladder.grossReturns)),
        "mean_net": .number(Kelly.mean(probabilities: p, returns: net)),
        "fraction": .number(Kelly.fraction(probabilities: p, returns: net))
    ]
}

private func netReturns(_ v: ReferenceVector) -> [String: VectorValue] {
    let names = ["stop", "tp1_then_stop", "tp2_then_stop", "all"]
    return Dictionary(uniqueKeysWithValues: zip(names, terms(v).netReturns(costs(v)).map { .number($0) }))
}

private func constrained(_ v: ReferenceVector) -> [String: VectorValue] {
    let p = v.list("probabilities"), r = v.list("returns")
    let kelly = Kelly.fraction(probabilities: p, returns: r)
    let result = DrawdownKelly(probabilities: p, returns: r, kelly: kelly, alpha: v["alpha"], beta: v["beta"])
    return [
        "lambda": .number(result.lambda), "kelly": .number(kelly), "fraction": .number(result.fraction),
        "growth": .number(Kelly.growth(at: result.fraction, probabilities: p, returns: r)), "capped": .number(min(1, result.fraction))
    ]
}

private func simultaneous(_ v: ReferenceVector) -> [String: VectorValue] {
    let bets = SimultaneousKelly(p: v["p"], correlation: v.has("rho") ? v["rho"] : 0)
    return ["each": .number(bets.each), "total": .number(bets.total), "growth": .number(bets.growth)]
}

@Suite("Kelly against its vectors", .enabled(if: SharedData.isThere, "needs the reference data in ../shared"))
struct KellyVectorTests {
    @Test("each formula gives the reference number", arguments: ReferenceVectors.all.kelly)
    func vector(_ vector: ReferenceVector) throws {
        check(vector, try #require(computed(vector), "no formula for \(vector.id)"))
    }

    @Test("none of them is missing")
    func count() { #expect(ReferenceVectors.all.kelly.count >= 33) }
}
