// Mean and scatter of a sliding window in a constant number of steps a row, and without drift: no sum
// lives longer than two windows, however long the column.

/// Rows are cut into blocks of n. A window is the end of one block and the beginning of the next; sums over
/// the ends are made backwards once a block, sums over the beginning grow row by row. All are sums of
/// distances from the row between the blocks, a member of every window in question, so that little cancels
/// (the relative error of the scatter is at most of the order of n roundings) and flat columns scatter exactly 0.
enum RollingMoments {
    /// Calls `body` for each row that has a full window, in order.
    /// - Parameter body: row, mean, and sum of squared distances from the mean (never below 0).
    @inline(__always)
    static func each(_ x: UnsafeBufferPointer<Double>, _ n: Int, _ body: (Int, Double, Double) -> Void) {
        guard x.count >= n else { return }
        let share = 1 / Double(n)
        withUnsafeTemporaryAllocation(of: (sum: Double, squares: Double).self, capacity: n) { ends in
            var start = n - 1
            while start < x.count {
                let centre = x[start]
                var sum = 0.0, squares = 0.0
                ends.initializeElement(at: n - 1, to: (0, 0))
                var row = start &- 1, place = n &- 2
                while place >= 0 {
                    let distance = x[row] - centre
                    sum += distance
                    squares += distance * distance
                    ends.initializeElement(at: place, to: (sum, squares))
                    row &-= 1
                    place &-= 1
                }
                sum = 0
                squares = 0
                for place in 0..<min(n, x.count - start) {
                    let distance = x[start &+ place] - centre
                    sum += distance
                    squares += distance * distance
                    let all = ends[place].sum + sum, mean = all * share, scatter = ends[place].squares + squares - all * mean
                    body(start &+ place, centre + mean, scatter > 0 ? scatter : 0)
                }
                start += n
            }
        }
    }
}
