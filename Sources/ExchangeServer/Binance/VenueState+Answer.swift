// One request from its admission to its answer: limits, address, who asks, parameters, and the headers that
// tell how much of the limits is used.
import Kernel
import StrictJSON

extension VenueState {
    /// - Parameter fault: what goes wrong with this request.
    mutating func answer(_ request: BinanceRequest, _ fault: Fault.Effect?, at time: Timestamp) -> BinanceReply {
        advance(to: time)
        if let early = replyInsteadOfWork(fault) { return early }
        var reply: BinanceReply
        do throws(BinanceError) { reply = try handled(request) } catch { reply = BinanceReply(error) }
        reply.headers += [("X-MBX-USED-WEIGHT", String(counts.usedWeight)), ("X-MBX-USED-WEIGHT-1M", String(counts.usedWeight))]
        if request.method == "POST", request.path.hasPrefix("/api/v3/order") {
            reply.headers += [("X-MBX-ORDER-COUNT-10S", String(counts.tenSeconds)), ("X-MBX-ORDER-COUNT-1D", String(counts.day))]
        }
        if let fault { fault.distort(&reply, to: request, at: now) }
        return reply
    }

    /// The reply to a request that never reaches the venue proper.
    private mutating func replyInsteadOfWork(_ fault: Fault.Effect?) -> BinanceReply? {
        switch fault {
        case .loseRequest(let end):
            var reply = BinanceReply(body: [])
            reply.delivery.end = end
            return reply
        case .answer(let reply, accepted: false): return reply
        case .rateLimit(let span):
            counts.refuse(for: span, at: now)
            return nil
        case .ban(let span):
            counts.begin(ban: span, at: now)
            return nil
        default: return nil
        }
    }

    private mutating func handled(_ request: BinanceRequest) throws(BinanceError) -> BinanceReply {
        guard let route = Route.table["\(request.method) \(request.path)"] else {
            try counts.admit(weight: 1, at: now)
            return Route.paths.contains(request.path) ? .page(405, "Method Not Allowed") : .page(404, "Not Found")
        }
        let read = Result { () throws(BinanceError) in try request.parameters() }
        try counts.admit(weight: route.weight((try? read.get()) ?? Parameters(fields: [])), at: now)
        let parameters = try read.get()
        if route.security != .none { try settings.key.check(request, parameters, route.security, at: now) }
        try parameters.check(known: route.known)
        return try route.handler(&self, parameters)
    }
}
