// A journal with content beside its entries: candles that may be let go after a time, and what a model was asked and
// answered, which is kept for ever.
import Compression
import Events
import Kernel
import Ports
import Signing
import Trading

@testable import Store

extension Story {
    static func blob(_ text: String) -> Blob {
        let bytes = Array(text.utf8)
        return Blob(hash: SHA256.hex(bytes), bytes: Deflate.compress(bytes))
    }

    /// Long enough for more than one page, also compressed.
    var candles: Blob { Self.blob((0..<6_000).map { String($0 &* 2_654_435_761 % 97_003) }.joined(separator: ",")) }
    var prompt: Blob { Self.blob("what will LINK do?") }
    var answer: Blob { Self.blob("it will rise") }

    /// A cycle with a picture of the market and one call of a model.
    func look(_ minute: Int) throws {
        let id = CycleId(hour: at(minute)), call = "\(id)-1"
        let snapshot = SnapshotTaken(
            cycle: id, asOf: at(minute), receivedAt: at(minute), hash: "s", candleBlob: candles.hash, contextBlob: nil, sources: [],
            universe: [], offered: [], sentiment: nil, newsIds: [], regime: RegimeTags(version: 1, breadth: nil, volatility: nil))
        try journal.commit(at: at(minute), blobs: [candles]) { _ in [cycleOpened(id), .snapshotTaken(snapshot)] }
        try journal.commit(at: at(minute), blobs: [prompt]) { _ in
            [
                .callReserved(
                    CallReserved(
                        call: call, cycle: id, analyst: "technical", symbol: nil, vendor: "v", model: "m", attempt: 1, promptVersion: "1",
                        promptBlob: prompt.hash, cost: "0.01"))
            ]
        }
        try journal.commit(at: at(minute), blobs: [answer]) { _ in
            [
                .callSettled(
                    CallSettled(
                        call: call, servedModel: nil, requestId: nil, fingerprint: nil, httpStatus: 200, stopReason: nil, inputTokens: 1,
                        cachedTokens: 0, outputTokens: 1, reasoningTokens: 0, answerBlob: answer.hash, failure: nil, repairs: [],
                        rejection: nil, cost: "0.01"))
            ]
        }
        try closeCycle(id, entered: 0, at: at(minute))
    }

    /// All of it, in a journal of its own that nobody has open any more.
    static func written(to path: String) throws {
        let story = Story(journal: try SQLiteJournal(path: path))
        try story.tell()
        try story.look(180)
    }
}
