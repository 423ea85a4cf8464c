// What each day of a run on one history ended with, written as the run passes it.

struct DayMarks {
    /// The last row of each day, ascending.
    private let ends: [Int]
    /// Of the days that were passed.
    private(set) var equity: [Double] = []

    init(_ ends: [Int]) {
        self.ends = ends
        equity.reserveCapacity(ends.count)
    }

    /// For the next run.
    mutating func clear() { equity.removeAll(keepingCapacity: true) }

    /// Days that end before a row, with money that did not change since the last one.
    @inline(__always)
    mutating func fill(before row: Int, _ money: Double) {
        while equity.count < ends.count, ends[equity.count] < row { equity.append(money) }
    }

    /// The same with money that every close changes.
    @inline(__always)
    mutating func fill(before row: Int, _ money: (Int) -> Double) {
        while equity.count < ends.count, ends[equity.count] < row { equity.append(money(ends[equity.count])) }
    }
}
