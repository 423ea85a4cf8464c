// The values an optimiser may try, as numbers it can count: a combination is one index for each parameter.
public import Kernel
public import Strategies

public struct ParameterSpace: Sendable {
    /// Those that are varied, in the strategy's order.
    public let parameters: [StrategyParameter]
    /// How many combinations there are; nil if they cannot be counted in 63 bits.
    public let size: Int?

    public init(_ strategy: Strategy, fixed: Set<String> = []) {
        parameters = strategy.parameters.filter { $0.choices.count > 1 && !fixed.contains($0.name) }
        size = parameters.reduce(1) { size, parameter -> Int? in
            guard let size else { return nil }
            let (product, overflow) = size.multipliedReportingOverflow(by: parameter.choices.count)
            return overflow ? nil : product
        }
    }

    /// All combinations, the last parameter the fastest.
    public func grid() -> [[Int]] {
        parameters.reduce([[]]) { combinations, parameter in
            combinations.flatMap { start in parameter.choices.indices.map { start + [$0] } }
        }
    }

    /// Different combinations by chance, the same for the same seed; fewer than asked for if there are fewer.
    public func random(_ count: Int, seed: UInt64) -> [[Int]] {
        if let size, size <= count { return grid() }
        var chance = SplitMix64(seed: seed), seen: Set<[Int]> = [], result: [[Int]] = []
        while result.count < count {
            let combination = parameters.map { chance.below($0.choices.count) }
            if seen.insert(combination).inserted { result.append(combination) }
        }
        return result
    }

    /// The values of a combination.
    public func values(_ combination: [Int]) -> [String: FixedDecimal] {
        var values: [String: FixedDecimal] = [:]
        for (parameter, index) in zip(parameters, combination) { values[parameter.name] = parameter.choices[index] }
        return values
    }

    /// A combination's part at some places.
    func key(_ combination: [Int], _ places: [Int]) -> [Int] { places.map { combination[$0] } }

    func places(_ names: Set<String>) -> [Int] { parameters.indices.filter { names.contains(parameters[$0].name) } }
}
