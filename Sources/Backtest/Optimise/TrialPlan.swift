// Which parts of its conditions each combination needs: equal parts once.
import Domain

struct TrialPlan: Sendable {
    struct Item: Sendable {
        let combination: [Int]
        /// Conditions that must all hold.
        let entry: [Int]
        let exit: Int?
        let terms: TradeTerms
        /// Items with the same one can share the lives of positions.
        let lives: Int
    }

    private(set) var conditions: [BoundCondition] = []
    private(set) var items: [Item] = []

    init(_ strategy: Strategy, _ space: ParameterSpace, _ fixed: [String: FixedDecimal], _ combinations: [[Int]]) {
        let parts = strategy.entry.conjuncts + (strategy.exit.map { [$0] } ?? [])
        let places = parts.map { space.places($0.parameters) }
        let termPlaces = space.places(strategy.termParameters)
        let lifePlaces = space.places(strategy.termParameters.union(strategy.exit?.parameters ?? []))
        var known = [[[Int]: Int?]](repeating: [:], count: parts.count)
        var terms: [[Int]: TradeTerms?] = [:], lives: [[Int]: Int] = [:]
        let usual = strategy.usualValues.merging(fixed) { $1 }
        for combination in combinations {
            var indices: [Int] = []
            for (part, condition) in parts.enumerated() {
                let key = space.key(combination, places[part])
                if known[part][key] == nil {
                    let values = usual.merging(space.values(combination)) { $1 }.mapValues(\.double)
                    let bound = try? condition.bound(values, on: strategy.timeframe)
                    known[part][key] = .some(bound.map { conditions.append($0); return conditions.count - 1 })
                }
                if let index = known[part][key] ?? nil { indices.append(index) }
            }
            let key = space.key(combination, termPlaces)
            if terms[key] == nil { terms[key] = .some(try? strategy.terms(usual.merging(space.values(combination)) { $1 })) }
            guard indices.count == parts.count, let found = terms[key] ?? nil else { continue }
            let exit = strategy.exit == nil ? nil : indices.removeLast()
            let life = space.key(combination, lifePlaces), number = lives[life] ?? lives.count
            lives[life] = number
            items.append(Item(combination: combination, entry: indices, exit: exit, terms: found, lives: number))
        }
    }

    /// Ranges of items for so many threads; none where there is little to do.
    func pieces(_ cores: Int) -> [Range<Int>] {
        let count = max(1, min(cores, items.count / 64)), size = (items.count + count - 1) / count
        return stride(from: 0, to: items.count, by: max(1, size)).map { $0..<min($0 + size, items.count) }
    }
}
