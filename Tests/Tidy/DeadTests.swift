// Types that nobody uses are not there.
import Testing

@Suite("Tidy: dead")
struct DeadTests {
    /// Types that only tests use today, each with the part that will use it.
    static let waiting: [String: String] = [
        "EProcess": "workbench", "EffectiveVoters": "workbench", "ForecastScore": "workbench", "LogitMean": "workbench", "McNemar": "workbench",
        "SampleSize": "workbench", "WilsonInterval": "workbench",
        "BetaPosterior": "workbench", "BakerMcHale": "workbench", "CostHurdle": "workbench",
        "SimultaneousKelly": "workbench", "FractionalKelly": "workbench"
    ]

    @Test("every type is named by another file of Sources, or by its own more than once; an exception names what will use it")
    func types() {
        let mentions = Tree.sources.reduce(into: [String: Int]()) { counts, file in
            for name in file.names { counts[name, default: 0] += 1 }
        }
        let dead = Tree.sources.flatMap { file in
            file.types.filter { type in mentions[type] == 1 && file.words.count { $0 == type } == 1 }.map { (type: $0, path: file.path) }
        }
        #expect(dead.filter { Self.waiting[$0.type] == nil }.map { "\($0.type) in \($0.path)" }.isEmpty)
        let used = Set(Self.waiting.keys).subtracting(dead.map(\.type))
        #expect(used.isEmpty, "these exceptions are no longer needed")
    }

    @Test("no test starts a program with Foundation's Process: it watches the child from a run loop that its thread takes along")
    func processes() {
        let uses = Tree.tests.filter { String(decoding: $0.code, as: UTF8.self).contains(/\bProcess\(\)/) }
        #expect(uses.map(\.path).isEmpty)
    }
}
