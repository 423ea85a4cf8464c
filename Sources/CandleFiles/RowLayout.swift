// How the rows of a file are written: our own six columns in milliseconds, or a venue's archive with twelve
// and, in newer ones, microseconds. Read from the first lines, and then held to the last.

/// Columns and unit of time.
struct RowLayout: Hashable, Sendable {
    /// 6, or 12 with closing time, turnover and counts behind.
    var columns = 6
    /// Units of a time in a millisecond: 1, or 1000.
    var ticks: Int64 = 1

    /// What a first line without a header says; nil if it is no row of a kind we know.
    init?(row: UnsafeRawBufferPointer) {
        columns = row.count { $0 == UInt8(ascii: ",") } + 1
        guard columns == 6 || columns == 12 else { return nil }
        // Thirteen digits are milliseconds until 2286, sixteen are microseconds.
        let digits = row.prefix { $0 &- 48 < 10 }.count
        guard digits == 13 || digits == 16 else { return nil }
        ticks = digits == 16 ? 1_000 : 1
    }

    init() {}

    /// The header that a venue writes above its columns, if it writes one.
    static let archiveHeader = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"
}
