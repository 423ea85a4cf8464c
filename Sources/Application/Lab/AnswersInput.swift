// What a panel once said, from `--answers`: a journal of the bot's own, or a table that somebody brings.
import Analysis
package import Backtest
import Glibc
import Kernel
import Messaging
import Store
package import Strategies

package enum AnswersInput {
    private static let limit = 64 << 20

    /// - Parameter path: nil if no answers were given.
    package static func panel(_ path: String?, for strategy: Strategy) throws -> RecordedPanel? {
        guard let path else { return nil }
        guard let minimum = strategy.aiConviction else {
            throw Failure(.usage, "'\(strategy.name)' has no aiConfirmation; leave out --answers")
        }
        let name = SafeText.line(path)
        guard try isJournal(path) else {
            let bytes = try TextFile.read(path, limit: limit)
            do throws(TextFault) { return RecordedPanel(try RecordedAnswer.read(csv: bytes), minimum: minimum, source: name) } catch {
                throw Failure(.data, "\(name):\(error)")
            }
        }
        let record = try SQLiteJournal(path: path, mayWrite: false).panelRecord()
        let models = record.models.isEmpty ? "no model was asked, indicators alone" : "models asked: \(record.models.joined(separator: ", "))"
        return RecordedPanel(
            record.answers, minimum: minimum, source: SafeText.line("\(path) (\(record.world ?? "no world"); \(models))", limit: 400))
    }

    /// Whether the file begins as every SQLite database does.
    private static func isJournal(_ path: String) throws -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw TextFile.unreadable(path) }
        defer { close(file) }
        let mark = Array("SQLite format 3\0".utf8)
        var bytes = [UInt8](repeating: 0, count: mark.count)
        return pread(file, &bytes, bytes.count, 0) == mark.count && bytes == mark
    }
}
