// Seeded chance for sequences: the same seed, the same throws.
import Kernel

struct Dice {
    private var generator: SplitMix64
    init(seed: UInt64) { generator = SplitMix64(seed: seed &* 0x9e37_79b9 &+ 1) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    /// True so many times in a hundred.
    mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }
    mutating func one<Element>(of elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }
    /// nil where it does not happen.
    mutating func maybe<Value>(_ percent: Int, _ value: Value) -> Value? { happens(percent) ? value : nil }
    /// The index of a weight, as often as it weighs.
    mutating func index(weights: [Int]) -> Int {
        var throwed = number(1...weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            throwed -= weight
            if throwed <= 0 { return index }
        }
        return weights.count - 1
    }
}
