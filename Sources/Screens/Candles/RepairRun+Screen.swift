// What of the missing and damaged candles was found.
import Application
import CandleStore
// Which of the missing and damaged candles were found.
import Kernel

extension RepairRun {
    package var json: String {
        JSONValue.console([
            ("wanted", CandleWords.number(wanted)), ("found", CandleWords.number(wanted - left)), ("left", CandleWords.number(left)),
            ("damaged", CandleWords.number(damages.count)), ("failures", .list(reasons.map { .text($0) }))
        ])
    }

    package var screen: String {
        let found = "\(CandleWords.grouped(wanted - left)) of \(CandleWords.count(wanted, "candle")) found, \(CandleWords.grouped(left)) left"
        return (reasons + [wanted == 0 ? "nothing is missing or damaged" : found]).joined(separator: "\n")
    }
}
