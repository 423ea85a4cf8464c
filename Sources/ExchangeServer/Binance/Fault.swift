// What can go wrong between a client and the venue, as values: which requests it hits, how often, and what
// happens to them.
public import Kernel
import StrictJSON

public struct Fault: Sendable {
    public enum Effect: Sendable {
        /// The request never reaches the venue.
        case loseRequest(Delivery.End)
        /// The venue does what was asked; its answer is lost.
        case loseAnswer(Delivery.End)
        /// Waits before the venue looks at the request, or before its answer leaves.
        case delay(TimeSpan, isBefore: Bool)
        /// Another answer, whether or not the venue did what was asked.
        case answer(BinanceReply, accepted: Bool)
        /// So many bytes of the body arrive.
        case cut(after: Int)
        /// 429 for so long, to this request and all others.
        case rateLimit(TimeSpan)
        case ban(TimeSpan)
        /// Every `old` in the answer becomes `new`.
        case rewrite(old: String, new: String)
        /// The rows of a list: from the last to the first, each twice, or without the newest ones.
        case reverseRows, doubleRows
        case dropRows(Int)
        /// The answer tells other prices than the market's.
        case wrongPrice(WrongPrice)
    }

    /// nil: any.
    public var method: String?
    /// Part of the path.
    public var path: String
    /// Part of the query or body, as sent.
    public var containing: String?
    /// Requests that pass before it begins.
    public var skip: Int
    /// How many it then hits.
    public var count: Int
    public var effect: Effect

    public init(_ effect: Effect, method: String? = nil, path: String = "", containing: String? = nil, skip: Int = 0, count: Int = 1) {
        self.method = method
        self.path = path
        self.containing = containing
        self.skip = skip
        self.count = count
        self.effect = effect
    }

    func hits(_ request: BinanceRequest) -> Bool {
        method.map { $0 == request.method } ?? true && (path.isEmpty || request.path.contains(path))
            && containing.map { request.query.contains($0) || request.body.contains($0) } ?? true
    }
}

/// The faults that wait for their requests, in the order in which they were made.
struct FaultPlan: Sendable {
    private(set) var faults: [(id: Int, fault: Fault)] = []
    private var made = 0

    mutating func add(_ fault: Fault) -> Int {
        made += 1
        faults.append((made, fault))
        return made
    }

    mutating func clear() { faults.removeAll() }

    /// The effect on this request: the first fault that hits it and has nothing to skip.
    mutating func take(_ request: BinanceRequest) -> Fault.Effect? {
        for index in faults.indices where faults[index].fault.hits(request) {
            if faults[index].fault.skip > 0 {
                faults[index].fault.skip -= 1
                continue
            }
            let effect = faults[index].fault.effect
            faults[index].fault.count -= 1
            if faults[index].fault.count <= 0 { faults.remove(at: index) }
            return effect
        }
        return nil
    }
}

extension Fault.Effect {
    /// What becomes of an answer the venue has given.
    func distort(_ reply: inout BinanceReply, to request: BinanceRequest, at now: Timestamp) {
        switch self {
        case .loseAnswer(let end): reply.delivery.end = end
        case .delay(let span, isBefore: false): reply.delivery.delay = span
        case .answer(let other, accepted: true): reply = other
        case .cut(let count): reply.delivery.end = .cut(after: count)
        case .rewrite(let old, let new): reply.body = Array(String(decoding: reply.body, as: UTF8.self).replacing(old, with: new).utf8)
        case .reverseRows: rows(&reply) { $0.reversed() }
        case .doubleRows: rows(&reply) { $0.flatMap { [$0, $0] } }
        case .dropRows(let count): rows(&reply) { Array($0.dropLast(count)) }
        case .wrongPrice(let wrong): wrong.distort(&reply, to: request, at: now)
        case .loseRequest, .delay, .answer, .rateLimit, .ban: break
        }
    }

    private func rows(_ reply: inout BinanceReply, _ change: ([JSONValue]) -> [JSONValue]) {
        guard case .array(let rows)? = try? JSONValue(parsing: reply.body) else { return }
        reply.body = Array(JSONValue.array(change(rows)).compact.utf8)
    }
}
