// Public candles of a venue on loopback: an hourly history that follows from the time alone, with faults where a
// test wants them.
import CDispatch
import Glibc
import Synchronization
import TestSupport

final class FakeKlines: Sendable {
    /// One question for candles: of which pair, from when.
    struct Question: Hashable, Sendable {
        let symbol: String
        let start: Int64, end: Int64
    }

    static let hour: Int64 = 3_600_000
    private let server: LoopbackServer
    private let asked: Shared
    var url: String { server.url }
    /// Questions for candles so far.
    var questions: [Question] { asked.questions.withLock { $0 } }

    private final class Shared: Sendable { let questions = Mutex<[Question]>([]) }

    /// - Parameters:
    ///   - missing: whether the venue has no candle that opens then.
    ///   - fault: asked with the number of the question, from 1; nil answers it.
    init(
        missing: @escaping @Sendable (Int64) -> Bool = { _ in false }, fault: @escaping @Sendable (Int, Question) -> ScriptedAnswer? = { _, _ in nil }
    ) throws {
        let asked = Shared()
        self.asked = asked
        server = try LoopbackServer { request in
            if request.target.hasPrefix("/api/v3/time") { return .json("{\"serverTime\":\(Self.now)}") }
            guard request.target.hasPrefix("/api/v3/klines?"), let question = Self.read(request.target) else { return .json("{}", status: 404) }
            let number = asked.questions.withLock {
                $0.append(question); return $0.count
            }
            if let answer = fault(number, question) { return answer }
            if question.symbol != "BTCUSDT" { return .json("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", status: 400) }
            return .json(Self.rows(question, missing))
        }
    }

    deinit { server.stop() }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000
    }

    private static func read(_ target: String) -> Question? {
        let pairs = target.split(separator: "?").last?.split(separator: "&").map { $0.split(separator: "=").map(String.init) } ?? []
        let query = Dictionary(pairs.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { first, _ in first }
        guard query["interval"] == "1h", let symbol = query["symbol"], let start = query["startTime"].flatMap({ Int64($0) }),
            let end = query["endTime"].flatMap({ Int64($0) })
        else { return nil }
        return Question(symbol: symbol, start: start, end: end)
    }

    private static func rows(_ question: Question, _ missing: (Int64) -> Bool) -> String {
        var rows: [String] = [], at = (question.start + hour - 1) / hour * hour
        while at <= question.end, rows.count < 1_000 {
            if !missing(at) { rows.append(row(at)) }
            at += hour
        }
        return "[" + rows.joined(separator: ",") + "]"
    }

    private static func row(_ at: Int64) -> String {
        let open = 20_000 + at / hour % 997, close = 20_000 + (at / hour + 1) % 997
        return
            "[\(at),\"\(open).10\",\"\(max(open, close)).75\",\"\(min(open, close)).05\",\"\(close).10\",\"\(at / hour % 13).25000000\","
            + "\(at + hour - 1),\"1.0\",3,\"1.0\",\"1.0\",\"0\"]"
    }
}
