// One line of time for several histories. If all have the same rows, a row is its place on the line.
import Kernel
import Market

struct Axis: Sendable {
    /// Open times, ascending; nil if every history has these very rows.
    private let union: [Int64]?
    /// For each history: the place of each row.
    private let places: [[Int32]]
    let count: Int
    private let histories: [CandleHistory]

    init(_ histories: [CandleHistory]) {
        self.histories = histories
        let first = histories.first
        let same = histories.dropFirst().allSatisfy { other in first.map { Self.sameRows($0, other) } ?? false }
        guard !same else {
            union = nil
            places = []
            count = first?.count ?? 0
            return
        }
        var all = histories.flatMap { Array($0.openTime) }
        all.sort()
        var times: [Int64] = []
        for time in all where times.last != time { times.append(time) }
        union = times
        count = times.count
        places = histories.map { history in
            var place = 0
            return history.openTime.map { time in
                while times[place] < time { place += 1 }
                return Int32(place)
            }
        }
    }

    private static func sameRows(_ a: CandleHistory, _ b: CandleHistory) -> Bool {
        guard a.count == b.count, a.timeframe == b.timeframe, a.openTime.first == b.openTime.first, a.openTime.last == b.openTime.last else {
            return false
        }
        guard let first = a.openTime.first, let last = a.openTime.last else { return true }
        // Rows ascend on the grid: if none is missing in either, they are the same ones.
        return last - first == Int64(a.count - 1) * a.timeframe.duration.milliseconds || a.openTime.elementsEqual(b.openTime)
    }

    @inline(__always)
    func place(_ history: Int, row: Int) -> Int { union == nil || row == .max ? row : Int(places[history][row]) }

    /// The last row of a history at or before a place; -1 if it has not begun.
    func row(_ history: Int, place: Int) -> Int {
        guard union != nil else { return place }
        let places = places[history]
        var low = 0, high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }

    func time(_ place: Int) -> Int64 { union?[place] ?? histories[0].openTime[place] }

    /// When the day of a place began.
    func midnight(_ place: Int) -> Int64 { Timestamp(milliseconds: time(place)).floored(to: .days(1)).milliseconds }

    /// The last place of each UTC day.
    var dayEnds: [Int] {
        let day: Int64 = 86_400_000
        var ends: [Int] = [], place = 0
        while place < count {
            let next = (time(place) / day + 1) * day
            var low = place, high = count
            while low < high {
                let middle = (low + high) / 2
                if time(middle) < next { low = middle + 1 } else { high = middle }
            }
            ends.append(low - 1)
            place = low
        }
        return ends
    }
}
