// A program taken through a history in blocks that stay in the nearest cache; then the masks are joined.
import Market
import Strategies

extension SignalProgram {
    /// Rows a block: a multiple of 64, small enough for a dozen columns to stay near.
    static let block = 2_048

    /// A mask for each condition, in their order.
    func masks(over history: CandleHistory) -> [BitMask] {
        let whole = judged(history.withLead)
        guard history.lead > 0 else { return whole }
        let table = MaskTable(masks: whole.count, rows: history.count)
        for (index, mask) in whole.enumerated() { table.fill(index, from: mask, skipping: history.lead) }
        return whole.indices.map { table.mask($0) }
    }

    private func judged(_ history: CandleHistory) -> [BitMask] {
        let table = MaskTable(masks: maskCount, rows: history.count)
        if let candles = CandlePointers(history) {
            var run = SignalRun(self, candles, table, history.timeframe)
            run.all(rows: history.count)
            run.release()
        }
        for join in joins { table.join(join) }
        for root in roots { table.clear(root.mask, below: root.warmUp) }
        return roots.map { table.mask($0.mask) }
    }
}

private struct SignalRun {
    /// A step with what it remembers from block to block.
    private enum Live {
        case averages(EMAPair, Int, Int)
        case averagesAndStrength(EMAPair, RSIState, Int, Int, Int)
        case rsi(RSIState, Int)
        case series(any SeriesKernel, Int)
        case previous(Int, [Double], Int)
        case arithmetic(Arithmetic, Int, Int, Int)
        case shifted(Int, Int, Double, Int)
        case magnitude(Int, Int)
        case comparison(Comparison, Int, Int, UnsafeMutablePointer<UInt64>)
        /// The flag: at or below at the row before.
        case crossing(Int, Int, UInt64, UnsafeMutablePointer<UInt64>)
    }

    private var steps: [Live] = []
    private let scratch: UnsafeMutablePointer<Double>
    /// Where each slot's block begins; fields move along.
    private var slots: [UnsafeMutablePointer<Double>] = []
    private var fields: [(slot: Int, column: UnsafePointer<Double>)] = []
    private let candles: CandlePointers

    init(_ program: SignalProgram, _ candles: CandlePointers, _ table: MaskTable, _ timeframe: Timeframe) {
        self.candles = candles
        scratch = .allocate(capacity: max(1, program.slots.count) * SignalProgram.block)
        for (index, slot) in program.slots.enumerated() {
            let place = scratch + index * SignalProgram.block
            slots.append(place)
            switch slot {
            case .field(let field): fields.append((index, candles.column(field)))
            case .constant(let value): place.initialize(repeating: value, count: SignalProgram.block)
            case .scratch: break
            }
        }
        steps = program.steps.map { step in
            switch step {
            case .averages(let n, let m, let a, let b): .averages(EMAPair(n, m), a, b)
            case .averagesAndStrength(let n, let m, let k, let a, let b, let c): .averagesAndStrength(EMAPair(n, m), RSIState(k), a, b, c)
            case .rsi(let n, let slot): .rsi(RSIState(n), slot)
            case .series(let series, let slot): .series(series.kernel(on: timeframe), slot)
            case .previous(let source, let count, let slot): .previous(source, [Double](repeating: .nan, count: count), slot)
            case .arithmetic(let operation, let a, let b, let slot): .arithmetic(operation, a, b, slot)
            case .shifted(let a, let b, let times, let slot): .shifted(a, b, times, slot)
            case .magnitude(let source, let slot): .magnitude(source, slot)
            case .comparison(let sign, let a, let b, let mask): .comparison(sign, a, b, table.mutable(mask))
            case .crossing(let a, let b, let mask): .crossing(a, b, 0, table.mutable(mask))
            }
        }
    }

    func release() { scratch.deallocate() }

    mutating func all(rows: Int) {
        var start = 0
        while start < rows {
            let end = min(start + SignalProgram.block, rows)
            for (slot, column) in fields { slots[slot] = UnsafeMutablePointer(mutating: column + start) }
            for index in steps.indices { take(&steps[index], start..<end) }
            start = end
        }
    }

    private func take(_ step: inout Live, _ rows: Range<Int>) {
        let count = rows.count
        switch step {
        case .averages(var pair, let a, let b):
            pair.fill(candles.close + rows.lowerBound, count, slots[a], slots[b])
            step = .averages(pair, a, b)
        case .averagesAndStrength(var pair, var rsi, let a, let b, let c):
            pair.fill(candles.close + rows.lowerBound, count, slots[a], slots[b], with: &rsi, slots[c])
            step = .averagesAndStrength(pair, rsi, a, b, c)
        case .rsi(var rsi, let slot):
            rsi.fill(candles.close + rows.lowerBound, count, into: slots[slot])
            step = .rsi(rsi, slot)
        case .series(let kernel, let slot): kernel.fill(rows, candles, into: slots[slot])
        case .previous(let source, let before, let slot):
            let all = before + UnsafeBufferPointer(start: slots[source], count: count)
            for row in 0..<count { slots[slot][row] = all[row] }
            step = .previous(source, Array(all.suffix(before.count)), slot)
        case .arithmetic(let operation, let a, let b, let slot): Self.arithmetic(operation, slots[a], slots[b], slots[slot], count)
        case .shifted(let a, let b, let times, let slot): Self.shift(slots[a], slots[b], times, slots[slot], count)
        case .magnitude(let source, let slot): for row in 0..<count { slots[slot][row] = slots[source][row].magnitude }
        case .comparison(let sign, let a, let b, let mask): Self.compare(sign, slots[a], slots[b], mask + rows.lowerBound / 64, count)
        case .crossing(let a, let b, let before, let mask):
            step = .crossing(a, b, Self.cross(slots[a], slots[b], before, mask + rows.lowerBound / 64, count), mask)
        }
    }

    private static func arithmetic(
        _ operation: Arithmetic, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        switch operation {
        case .add: for row in 0..<count { out[row] = a[row] + b[row] }
        case .subtract: for row in 0..<count { out[row] = a[row] - b[row] }
        case .multiply: for row in 0..<count { out[row] = a[row] * b[row] }
        case .divide: for row in 0..<count { out[row] = Arithmetic.quotient(a[row], b[row]) }
        case .smaller, .larger: for row in 0..<count { out[row] = operation.apply(a[row], b[row]) }
        }
    }

    /// Two roundings, as the condition is written: no fused step.
    private static func shift(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ times: Double, _ out: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        for row in 0..<count { out[row] = a[row] + b[row] * times }
    }

    private static func compare(
        _ sign: Comparison, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ mask: UnsafeMutablePointer<UInt64>, _ count: Int
    ) {
        switch sign {
        case .less: bits(mask, count) { a[$0] < b[$0] }
        case .atMost: bits(mask, count) { a[$0] <= b[$0] }
        case .greater: bits(mask, count) { a[$0] > b[$0] }
        case .atLeast: bits(mask, count) { a[$0] >= b[$0] }
        case .equal: bits(mask, count) { a[$0] == b[$0] }
        case .unequal: bits(mask, count) { a[$0] < b[$0] || a[$0] > b[$0] }
        }
    }

    /// Packs one answer a row.
    @inline(__always)
    private static func bits(_ mask: UnsafeMutablePointer<UInt64>, _ count: Int, _ holds: (Int) -> Bool) {
        var start = 0
        while start < count {
            var word: UInt64 = 0
            for bit in 0..<min(64, count &- start) { word |= (holds(start &+ bit) ? 1 : 0) &<< UInt64(truncatingIfNeeded: bit) }
            mask[start >> 6] = word
            start &+= 64
        }
    }

    /// Above now and at or below at the row before; returns whether the last row is at or below.
    private static func cross(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ before: UInt64, _ mask: UnsafeMutablePointer<UInt64>, _ count: Int
    ) -> UInt64 {
        var start = 0, carry = before
        while start < count {
            var above: UInt64 = 0, below: UInt64 = 0
            let length = min(64, count &- start)
            for bit in 0..<length {
                let x = a[start &+ bit], y = b[start &+ bit], shift = UInt64(truncatingIfNeeded: bit)
                above |= (x > y ? 1 : 0) &<< shift
                below |= (x <= y ? 1 : 0) &<< shift
            }
            mask[start >> 6] = above & (below << 1 | carry)
            carry = below >> UInt64(truncatingIfNeeded: length &- 1) & 1
            start &+= 64
        }
        return carry
    }
}

extension IndicatorSeries {
    /// A fresh kernel on candles of `fine`, or on coarser ones made of them.
    fileprivate func kernel(on fine: Timeframe) -> any SeriesKernel {
        timeframe.map { CoarseKernel(incremental, from: fine, to: $0) } ?? incremental
    }
}

extension MaskTable {
    fileprivate func join(_ join: SignalProgram.Join) {
        switch join {
        case .both(let a, let b, let into): for word in 0..<words { mutable(into)[word] = mutable(a)[word] & mutable(b)[word] }
        case .either(let a, let b, let into): for word in 0..<words { mutable(into)[word] = mutable(a)[word] | mutable(b)[word] }
        case .not(let a, let into): for word in 0..<words { mutable(into)[word] = ~mutable(a)[word] }
        }
    }
}
