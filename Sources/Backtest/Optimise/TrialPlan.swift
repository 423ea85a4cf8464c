// Which parts of its conditions each combination needs: equal parts once. A plan takes combinations until
// their masks fill the memory it may use.
import Kernel
import Strategies

struct TrialPlan: Sendable {
    struct Item: Sendable {
        let combination: [Int]
        /// Conditions that must all hold.
        let entry: [Int]
        let exit: Int?
        let terms: TradeTerms
        /// Items with the same one can share the lives of positions.
        let lives: Int
        /// Empty if nobody counts.
        let key: String
    }

    /// At most so many combinations.
    static let most = 16_384

    private(set) var conditions: [BoundCondition] = []
    private(set) var items: [Item] = []
    /// How many combinations were looked at.
    private(set) var taken = 0
    private var masks = 0
    private var texts: [String] = []

    /// - Parameters:
    ///   - limit: it is full once its conditions may need so many masks.
    ///   - counting: nil if trials have no keys.
    init(
        _ strategy: Strategy, _ space: ParameterSpace, _ fixed: [String: FixedDecimal], _ combinations: ArraySlice<[Int]>, masks limit: Int = .max,
        _ counting: (any TrialCounting)? = nil
    ) {
        let parts = strategy.entry.conjuncts + (strategy.exit.map { [$0] } ?? [])
        let places = parts.map { space.places($0.parameters) }
        let termPlaces = space.places(strategy.termParameters)
        let lifePlaces = space.places(strategy.termParameters.union(strategy.exit?.parameters ?? []))
        var known = [[[Int]: Int?]](repeating: [:], count: parts.count)
        var terms: [[Int]: (terms: TradeTerms, text: String)?] = [:], lives: [[Int]: Int] = [:]
        let usual = strategy.usualValues.merging(fixed) { $1 }
        for combination in combinations {
            guard taken == 0 || taken < Self.most && masks < limit else { break }
            taken += 1
            var indices: [Int] = []
            for (part, condition) in parts.enumerated() {
                let key = space.key(combination, places[part])
                if known[part][key] == nil {
                    let values = usual.merging(space.values(combination)) { $1 }.mapValues(\.double)
                    known[part][key] = .some((try? condition.bound(values, on: strategy.timeframe)).map { add($0, isCounted: counting != nil) })
                }
                if let index = known[part][key] ?? nil { indices.append(index) }
            }
            let key = space.key(combination, termPlaces)
            if terms[key] == nil {
                terms[key] = .some(
                    (try? strategy.terms(usual.merging(space.values(combination)) { $1 })).map { ($0, counting == nil ? "" : $0.text) })
            }
            guard indices.count == parts.count, let found = terms[key] ?? nil else { continue }
            let exit = strategy.exit == nil ? nil : indices.removeLast()
            let life = space.key(combination, lifePlaces), number = lives[life] ?? lives.count
            lives[life] = number
            let name = counting?.key(
                of: TrialRules(entry: indices.map { texts[$0] }, exit: exit.map { texts[$0] }, terms: found.text, on: strategy.timeframe))
            items.append(Item(combination: combination, entry: indices, exit: exit, terms: found.terms, lives: number, key: name ?? ""))
        }
    }

    private mutating func add(_ condition: BoundCondition, isCounted: Bool) -> Int {
        conditions.append(condition)
        texts.append(isCounted ? condition.text : "")
        masks += condition.condition.parts
        return conditions.count - 1
    }

    /// Its items for so many threads, those that share lives together; fewer threads if there is little to do.
    func pieces(_ cores: Int) -> [[Int]] {
        let order = items.indices.sorted { (items[$0].lives, $0) < (items[$1].lives, $1) }
        let count = max(1, min(cores, items.count / 64)), size = max(1, (items.count + count - 1) / count)
        return stride(from: 0, to: items.count, by: size).map { Array(order[$0..<min($0 + size, items.count)]) }
    }
}

extension Condition {
    /// As many masks as it may need.
    fileprivate var parts: Int {
        switch self {
        case .comparison, .crossesAbove, .crossesBelow: 1
        case .both(let a, let b), .either(let a, let b): 1 + a.parts + b.parts
        case .not(let a): 1 + a.parts
        }
    }
}
