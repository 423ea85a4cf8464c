// Walks that many runs share: with plain accounting a position's life depends on its first candle and on its
// bracket alone, so runs that differ in their signals find each life again.

/// Of one history and one bracket. Not shared between threads.
final class WalkCache {
    private var known: [Int32]
    private var walks: [Walk] = []

    init(rows: Int) { known = [Int32](repeating: -1, count: rows + 1) }

    func walk(_ walker: Walker, from first: Int, _ levels: Levels) -> Walk {
        let index = known[first]
        if index >= 0 { return walks[Int(index)] }
        let walk = walker.walk(from: first, levels)
        known[first] = Int32(walks.count)
        walks.append(walk)
        return walk
    }
}
