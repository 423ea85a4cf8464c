// The statistics a verdict rests on, against their reference vectors; an id nobody knows fails.
import Testing

@testable import Analysis
@testable import Statistics

private func computed(_ v: ReferenceVector) -> [String: VectorValue]? {
    let families: [(String, (ReferenceVector) -> [String: VectorValue])] = [
        ("brier", score), ("e-process", evidence), ("logit-map-fit", fit), ("logit-map", map), ("logit-mean", pooled),
        ("mcnemar", mcnemar), ("neff", voters), ("samplesize", size), ("wilson", wilson)
    ]
    return families.first { v.id.hasPrefix($0.0) }?.1(v)
}

private func score(_ v: ReferenceVector) -> [String: VectorValue] {
    guard let score = ForecastScore(v.list("p"), v.list("y").map { $0 > 0.5 }) else { return [:] }
    return [
        "brier": .number(score.brier), "logloss": .number(score.logLoss), "base": .number(score.base),
        "skill": .number(score.skill ?? .nan)
    ]
}

private func evidence(_ v: ReferenceVector) -> [String: VectorValue] {
    var process = EProcess(stakes: v.list("lambdas"))
    for d in v.list("d") { process.update(d) }
    for d in v.list("D") { process.update(d, scale: v["s"]) }
    return ["E": .number(process.value)]
}

private func map(_ v: ReferenceVector) -> [String: VectorValue] {
    let map = ConvictionMap(intercept: v["a"], slope: v["b"], centre: 0, slopeDeviation: 0, observations: 0)
    return ["q": .number(map.probability(conviction: v["c"], base: v.has("pi0") ? v["pi0"] : 0.5))]
}

private func fit(_ v: ReferenceVector) -> [String: VectorValue] {
    let rows = zip(zip(v.list("c"), v.list("y")), v.list("pi0")).map {
        ResolvedOpinion(conviction: $0.0, base: $1, reached: $0.1 > 0.5)
    }
    let map = ConvictionMap.fitted(to: rows)
    return [
        "a": .number(map.intercept), "b": .number(map.slope), "sd_b": .number(map.slopeDeviation),
        "b80": .number(map.slopeBound), "centre": .number(map.centre)
    ]
}

private func pooled(_ v: ReferenceVector) -> [String: VectorValue] { ["q": .number(LogitMean.pooled(v.list("p")) ?? .nan)] }

private func mcnemar(_ v: ReferenceVector) -> [String: VectorValue] {
    let test = McNemar(won: Int(v["b"]), lost: Int(v["c"]))
    return ["p": .number(test.p), "mid_p": .number(test.midP)]
}

private func voters(_ v: ReferenceVector) -> [String: VectorValue] {
    ["neff": .number(EffectiveVoters.count(Int(v["N"]), correlation: v["rho"]))]
}

private func size(_ v: ReferenceVector) -> [String: VectorValue] {
    ["n": .number(SampleSize.needed(deviation: v["sd"], difference: v["delta"]).map(Double.init) ?? .nan)]
}

private func wilson(_ v: ReferenceVector) -> [String: VectorValue] {
    let interval = WilsonInterval(Int(v["k"]), of: Int(v["n"]))
    return ["low": .number(interval.low), "high": .number(interval.high)]
}

@Suite("Statistics against their vectors", .enabled(if: SharedData.isThere, "needs the reference data in ../shared"))
struct StatisticsVectorTests {
    @Test("each formula gives the reference number", arguments: ReferenceVectors.all.statistics)
    func vector(_ vector: ReferenceVector) throws {
        check(vector, try #require(computed(vector), "no formula for \(vector.id)"))
    }

    @Test("none of them is missing")
    func count() { #expect(ReferenceVectors.all.statistics.count >= 14) }
}
