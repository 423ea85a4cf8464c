// Counts and sizes of candles in words.
package import Kernel

package enum CandleWords {
    /// `1,234,567 candles`, `1 candle`.
    package static func count(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

    package static func grouped(_ number: Int) -> String {
        let digits = String(number)
        return String(digits.enumerated().flatMap { ($0 > 0 && (digits.count - $0) % 3 == 0 ? [","] : []) + [$1] })
    }

    package static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1_023) >> 10) KiB" : "\(bytes >> 20).\((bytes >> 10 & 1_023) * 10 >> 10) MiB"
    }

    package static func number(_ value: Int) -> JSONValue { .number("\(value)") }
}
