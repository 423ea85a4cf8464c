// Fewer points for the same picture: of each stretch the lowest and the highest stay, so no peak is lost.

enum Thinning {
    /// Ascending indexes, at most `limit` (4 or more), the first and the last among them.
    static func indexes(_ values: [Double], limit: Int) -> [Int] {
        guard values.count > limit else { return Array(values.indices) }
        let buckets = (limit - 2) / 2
        var kept = [0]
        for bucket in 0..<buckets {
            let rows = (values.count * bucket / buckets)..<(values.count * (bucket + 1) / buckets)
            guard let low = rows.min(by: { values[$0] < values[$1] }), let high = rows.max(by: { values[$0] < values[$1] }) else { continue }
            for index in low < high ? [low, high] : [high, low] where index > kept[kept.count - 1] { kept.append(index) }
        }
        if kept[kept.count - 1] < values.count - 1 { kept.append(values.count - 1) }
        return kept
    }
}
