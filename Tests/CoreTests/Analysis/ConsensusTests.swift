// Votes in, candidates out: the floor, the ties, the guards and the order, each by example.
import Testing

@testable import Analysis
@testable import Kernel
@testable import Market
@testable import Settings

private let a = Symbol("AAA/USDT")!, b = Symbol("BBB/USDT")!, c = Symbol("CCC/USDT")!, d = Symbol("DDD/USDT")!

private let rulesPanel = [
    PanelSeat(name: "trend", role: .voter), PanelSeat(name: "momentum", role: .voter),
    PanelSeat(name: "reversion", role: .voter), PanelSeat(name: "guard", role: .guardian)
]
private let modelPanel = [
    PanelSeat(name: "candidates", role: .voter, makesShortlist: true), PanelSeat(name: "technical", role: .voter),
    PanelSeat(name: "risk", role: .guardian)
]

/// `buy 0.70`, `abstain because`, or nothing where nobody answered.
private func opinion(_ seat: PanelSeat, _ symbol: Symbol, _ vote: String) -> Opinion? {
    let words = vote.split(separator: " ", maxSplits: 1).map(String.init)
    guard let word = words.first, word != "-" else { return nil }
    guard word != "abstain" else { return Opinion(abstaining: seat.name, role: seat.role, family: "f", symbol: symbol, because: words[1]) }
    return Opinion(
        analyst: seat.name, role: seat.role, family: "f", symbol: symbol, action: Action(rawValue: word)!,
        conviction: Ratio(FixedDecimal(words[1])!), reason: "\(seat.name) says so")
}

/// Opinions of a whole panel, in its order.
private func opinions(_ panel: [PanelSeat], _ symbol: Symbol, _ votes: [String]) -> [Opinion] {
    zip(panel, votes).compactMap { opinion($0, symbol, $1) }
}

private func judge(_ panel: [PanelSeat], _ votes: [Symbol: [String]], volumes: [Symbol: FixedDecimal] = [:], top: Int = 3) -> [Verdict] {
    var settings = ConsensusSettings()
    settings.top = top
    let offered = votes.keys.sorted()
    return Consensus(settings).judge(offered.flatMap { opinions(panel, $0, votes[$0]!) }, offered: offered, panel: panel, volumes: volumes)
}

private struct Vote: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let votes: [String]
    let agreed: Bool
    let conviction: Ratio
    let keptOut: KeptOut?
    /// The guard's words.
    let veto: String?
    init(_ name: String, _ votes: [String], _ agreed: Bool, _ conviction: Ratio, _ keptOut: KeptOut? = nil, _ veto: String? = nil) {
        (testDescription, self.votes, self.agreed, self.conviction, self.keptOut, self.veto) = (name, votes, agreed, conviction, keptOut, veto)
    }
}

@Suite("Consensus")
struct ConsensusTests {
    @Test(
        "who agrees, who opposes, and what the guard makes of it",
        arguments: [
            Vote("two at exactly the floor agree", ["buy 0.70", "buy 0.70", "hold 0.2", "buy 0.9"], true, "0.466666666666"),
            Vote(
                "a hair below the floor does not agree", ["buy 0.70", "buy 0.699999999999", "buy 0.5", "buy 0.9"], false, "0.633333333333",
                .tooFew(agree: 1, needed: 2, oppose: 0)),
            Vote("all three agree", ["buy 0.8", "buy 0.9", "buy 1", "buy 0.1"], true, "0.9"),
            Vote("one who sells at the floor opposes, two still outvote it", ["buy 0.8", "buy 0.8", "sell 0.70", "buy 0.9"], true, "0.533333333333"),
            Vote("a sale below the floor is neither", ["buy 0.8", "buy 0.8", "sell 0.69", "buy 0.9"], true, "0.533333333333"),
            Vote("a hold at full conviction is neither", ["buy 0.8", "buy 0.8", "hold 1", "buy 0.9"], true, "0.533333333333"),
            Vote("an abstention is left out of the mean", ["buy 0.8", "buy 0.9", "abstain tired", "buy 0.9"], true, "0.85"),
            Vote("so is a voter that never answered", ["buy 0.8", "buy 0.9", "-", "buy 0.9"], true, "0.85"),
            Vote(
                "one agreement is not enough", ["buy 1", "hold 0.1", "hold 0.1", "buy 1"], false, "0.333333333333",
                .tooFew(agree: 1, needed: 2, oppose: 0)),
            Vote("nobody wants it", ["hold 1", "sell 1", "hold 1", "buy 1"], false, "0", .notShortlisted),
            Vote(
                "the guard's agreement never counts", ["buy 1", "hold 0.5", "hold 0.5", "buy 1"], false, "0.333333333333",
                .tooFew(agree: 1, needed: 2, oppose: 0)),
            Vote(
                "a guard that holds at the floor is a veto", ["buy 0.8", "buy 0.8", "buy 0.8", "hold 0.70"], false, "0.8", .vetoed(by: "guard"),
                "guard says so"),
            Vote(
                "a guard that sells at the floor is a veto", ["buy 0.8", "buy 0.8", "buy 0.8", "sell 0.70"], false, "0.8", .vetoed(by: "guard"),
                "guard says so"),
            Vote("a guard that holds below the floor is no veto", ["buy 0.8", "buy 0.8", "buy 0.8", "hold 0.69"], true, "0.8"),
            Vote("a guard that buys without conviction is no veto", ["buy 0.8", "buy 0.8", "buy 0.8", "buy 0"], true, "0.8"),
            Vote(
                "a guard that abstains keeps it out", ["buy 0.8", "buy 0.8", "buy 0.8", "abstain the call was late"], false, "0.8",
                .vetoed(by: "guard"), "abstained: the call was late"),
            Vote("a guard that never answered keeps it out", ["buy 0.8", "buy 0.8", "buy 0.8", "-"], false, "0.8", .vetoed(by: "guard"), "no answer")
        ])
    private func votes(_ vote: Vote) throws {
        let verdict = try #require(judge(rulesPanel, [a: vote.votes]).first)
        #expect(verdict.isAgreed == vote.agreed)
        #expect(verdict.conviction == vote.conviction)
        #expect(verdict.keptOut == vote.keptOut && verdict.vetoes.first?.why == vote.veto)
        #expect(verdict.rank == (vote.agreed ? 1 : nil))
    }

    @Test("as many against as for is no agreement")
    func tie() throws {
        let four = rulesPanel.dropLast() + [PanelSeat(name: "fourth", role: .voter)]
        let verdict = try #require(judge(Array(four), [a: ["buy 0.9", "buy 0.9", "sell 0.9", "sell 0.7"]]).first)
        #expect(!verdict.isAgreed && verdict.agreeing.count == 2 && verdict.opposing.count == 2)
        #expect(verdict.keptOut == .tooFew(agree: 2, needed: 2, oppose: 2))
        #expect(judge(Array(four), [a: ["buy 0.9", "buy 0.9", "sell 0.9", "sell 0.69"]])[0].isAgreed)
    }

    @Test("every guard has a veto, and every veto is kept with its name")
    func twoGuards() throws {
        let panel = rulesPanel + [PanelSeat(name: "second", role: .guardian)]
        let verdict = try #require(judge(panel, [a: ["buy 1", "buy 1", "buy 1", "hold 0.9", "abstain out of money"]]).first)
        #expect(verdict.vetoes.map(\.analyst) == ["guard", "second"])
        #expect(verdict.keptOut == .vetoed(by: "guard") && verdict.vetoes[0].why == "guard says so")
    }

    @Test("more agreements, then higher conviction, then higher volume, then the symbol")
    func order() {
        let votes: [Symbol: [String]] = [
            a: ["buy 0.8", "buy 0.8", "hold 0.1", "buy 1"], b: ["buy 0.7", "buy 0.7", "buy 0.7", "buy 1"],
            c: ["buy 0.9", "buy 0.9", "hold 0.1", "buy 1"], d: ["buy 0.8", "buy 0.8", "hold 0.1", "buy 1"]
        ]
        func ranked(_ volumes: [Symbol: FixedDecimal]) -> [Symbol] { judge(rulesPanel, votes, volumes: volumes, top: 4).map(\.symbol) }
        #expect(ranked([a: "5", d: "6"]) == [b, c, d, a])
        #expect(ranked([a: "6", d: "6"]) == [b, c, a, d])
        #expect(ranked([:]) == [b, c, a, d])
        #expect(ranked([a: "1"]) == [b, c, a, d])
    }

    @Test("the best three go on, and the fourth says why it does not")
    func top() {
        let strong = ["buy 0.9", "buy 0.9", "buy 0.9", "buy 1"]
        let verdicts = judge(rulesPanel, [a: strong, b: strong, c: strong, d: strong, coin: ["hold 0.1", "buy 0.9", "hold 0.1", "buy 1"]])
        #expect(verdicts.map(\.symbol) == [a, b, c, d, coin])
        #expect(verdicts.map(\.rank) == [1, 2, 3, 4, nil])
        #expect(verdicts.map { $0.keptOut == nil } == [true, true, true, false, false])
        #expect(verdicts[3].keptOut == .ranked(4, top: 3) && verdicts[3].isAgreed)
    }

    @Test("the order in which opinions arrive does not matter")
    func arrival() {
        let strong =
            opinions(rulesPanel, a, ["buy 0.9", "buy 0.8", "sell 0.9", "hold 0.3"]) + opinions(rulesPanel, b, ["buy 0.9", "buy 0.8", "hold 0.9", "-"])
        let judged = Consensus(ConsensusSettings()).judge(strong, offered: [a, b], panel: rulesPanel, volumes: [:])
        #expect(Consensus(ConsensusSettings()).judge(strong.reversed(), offered: [a, b], panel: rulesPanel, volumes: [:]) == judged)
    }

    @Test("without an offer there is no verdict, without opinions no agreement")
    func nothing() {
        #expect(judge(rulesPanel, [:]).isEmpty)
        let silent = judge(rulesPanel, [a: ["-", "-", "-", "-"]])
        #expect(silent.count == 1 && !silent[0].isAgreed && silent[0].conviction == .zero)
        #expect(Consensus(ConsensusSettings()).judge([], offered: [a], panel: [], volumes: [:])[0].isAgreed == false)
    }
}

@Suite("Consensus of a panel with a shortlist")
struct ShortlistConsensusTests {
    @Test("only what candidates picked can be agreed on")
    func picked() {
        let verdicts = judge(
            modelPanel, [a: ["buy 0.8", "buy 0.8", "buy 0.8"], b: ["-", "buy 0.9", "buy 0.9"], c: ["hold 0.9", "buy 0.9", "buy 0.9"]])
        #expect(verdicts.map(\.isAgreed) == [true, false, false])
        #expect(verdicts.map(\.isShortlisted) == [true, false, false])
        #expect(verdicts[1].keptOut == .notShortlisted)
    }

    @Test("candidates abstaining means no entries this hour, whatever the others say")
    func abstained() {
        let verdicts = judge(modelPanel, [a: ["abstain timeout", "buy 0.9", "buy 0.9"], b: ["-", "buy 0.9", "buy 0.9"]])
        #expect(verdicts.allSatisfy { !$0.isAgreed && $0.keptOut == .noShortlist(.abstained(why: "timeout")) })
    }

    @Test("late or missing risk keeps the instrument out by name")
    func risk() {
        let verdicts = judge(modelPanel, [a: ["buy 0.8", "buy 0.8", "-"], b: ["buy 0.8", "buy 0.8", "abstain late"]])
        #expect(verdicts.map(\.keptOut) == [.vetoed(by: "risk"), .vetoed(by: "risk")])
        #expect(verdicts.map { $0.vetoes.map(\.why) } == [["no answer"], ["abstained: late"]])
    }
}

@Suite("Absurd opinions")
struct AbsurdOpinionTests {
    @Test("a conviction outside 0 to 1 is an abstention", arguments: ["1.000000000001", "9", "900000000000", "-0.000000000001", "-5"])
    func F081_absurdConviction(_ absurd: String) throws {
        // As one of two agreeing voters: not enough. As a third voter: not in the mean. As a guard: keeps it out.
        #expect(judge(rulesPanel, [a: ["buy \(absurd)", "buy 0.9", "hold 0.5", "buy 0.9"]])[0].isAgreed == false)
        let third = judge(rulesPanel, [a: ["buy \(absurd)", "buy 0.9", "buy 0.9", "buy 0.9"]])[0]
        #expect(third.isAgreed && third.agreeing == ["momentum", "reversion"] && third.conviction == "0.9")
        let seller = judge(rulesPanel, [a: ["sell \(absurd)", "buy 0.9", "buy 0.9", "buy 0.9"]])[0]
        #expect(seller.opposing.isEmpty && seller.conviction == "0.9")
        let guarded = judge(rulesPanel, [a: ["buy 0.9", "buy 0.9", "buy 0.9", "buy \(absurd)"]])[0]
        #expect(!guarded.isAgreed && guarded.vetoes.count == 1)
        let shortlist = judge(modelPanel, [a: ["buy \(absurd)", "buy 0.9", "buy 0.9"], b: ["buy 0.9", "buy 0.9", "buy 0.9"]])
        #expect(shortlist.allSatisfy { !$0.isAgreed })
    }

    @Test("two answers to one question are none")
    func repeated() {
        let settings = ConsensusSettings()
        let agreed = opinions(rulesPanel, a, ["buy 0.9", "buy 0.9", "hold 0.1", "buy 0.9"])
        #expect(Consensus(settings).judge(agreed, offered: [a], panel: rulesPanel, volumes: [:])[0].isAgreed)
        for seat in [0, 1, 3] {
            let twice =
                agreed
                + opinions(rulesPanel, a, ["buy 0.9", "buy 0.9", "buy 0.9", "sell 0.9"].enumerated().map { $0.offset == seat ? $0.element : "-" })
            #expect(!Consensus(settings).judge(twice, offered: [a], panel: rulesPanel, volumes: [:])[0].isAgreed, "\(rulesPanel[seat].name)")
        }
    }

    @Test("a voice that has no seat is not heard, and a guard cannot vote by calling itself a voter")
    func strangers() {
        let stranger = PanelSeat(name: "stranger", role: .voter)
        let posing = Opinion(analyst: "guard", role: .voter, family: "f", symbol: a, action: .buy, conviction: "1", reason: "")
        let given = opinions([rulesPanel[0], stranger], a, ["buy 0.9", "buy 1"]) + [posing]
        let verdict = Consensus(ConsensusSettings()).judge(given, offered: [a], panel: rulesPanel, volumes: [:])[0]
        #expect(verdict.agreeing == ["trend"] && !verdict.isAgreed)
    }

    @Test("symbols that were never offered get no verdict, and a shortlist that names one does not count")
    func F082_unofferedSymbols() {
        let everyone = rulesPanel.compactMap { opinion($0, b, "buy 1") } + rulesPanel.compactMap { opinion($0, a, "buy 0.9") }
        let verdicts = Consensus(ConsensusSettings()).judge(everyone, offered: [a], panel: rulesPanel, volumes: [:])
        #expect(verdicts.map(\.symbol) == [a])
        let obeyed = modelPanel.compactMap { opinion($0, b, "buy 1") } + modelPanel.compactMap { opinion($0, a, "buy 0.9") }
        let shortlisted = Consensus(ConsensusSettings()).judge(obeyed, offered: [a], panel: modelPanel, volumes: [:])
        #expect(shortlisted.map(\.keptOut) == [.noShortlist(.notOffered(b))])
    }
}
