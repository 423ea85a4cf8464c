// One line of time for several histories. Where all have the same rows, a row is its place on the line.
import Domain

struct Axis: Sendable {
    /// Open times, ascending; nil where every history has these very rows.
    private let union: [Int64]?
    /// For each history: the place of each row.
    private let places: [[Int32]]
    let count: Int
    private let histories: [CandleHistory]

    init(_ histories: [CandleHistory]) {
        self.histories = histories
        let first = histories.first
        let same = histories.dropFirst().allSatisfy { other in
            guard let first, other.count == first.count else { return false }
            return other.openTime.first == first.openTime.first && other.openTime.last == first.openTime.last && other.openTime.elementsEqual(first.openTime)
        }
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

    @inline(__always)
    func place(_ history: Int, row: Int) -> Int { union == nil || row == .max ? row : Int(places[history][row]) }

    /// The last row of a history at or before a place; -1 where it has not begun.
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
