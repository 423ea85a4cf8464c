// How each circumstance is brought about at Binance's stand-in.
import Kernel
import Market
import Ports
import TestSupport
import Trading

@testable import ExchangeServer

extension BinanceUnderTest {
    func arrange(_ circumstance: Circumstance) async throws {
        let symbol = terms.symbol
        switch circumstance {
        case .price(let price): venue.setPrice(symbol, price)
        case .liquidity(let levels, let each): venue.setDepth(symbol, levels: levels, quantity: each)
        case .usualLiquidity: venue.setDepth(symbol, levels: 0, quantity: nil)
        case .passing(let span): clock.advance(by: span)
        case .before(let request, let others):
            transport.before(Self.hits(request)) { for other in others { try? await arrange(other) } }
        case .held(let request): transport.hold(Self.hits(request))
        case .heldArrives: await transport.release()
        case .rules(let change): venue.setRules(symbol, change)
        case .status(let status): venue.setRules(symbol) { $0.status = status }
        case .orderQuota(let count): venue.changeLimits { $0.ordersPerTenSeconds = count }
        case .clockSkew(let skew): venue.setSkew(skew)
        case .wrongSecret: venue.changeKey { $0.secret = Secret("another-secret-0003") }
        case .keyRevoked: venue.changeKey { $0.isRevoked = true }
        case .keyMayNotTrade: venue.changeKey { $0.mayTrade = false }
        case .keyMayWithdraw: venue.changeKey { $0.mayWithdraw = true }
        case .feeAsset(let asset, let amount): guard venue.transfer(amount, asset) else { throw ArrangementFailure() }
        case .withdrawn(let amount, let currency): guard venue.transfer(-amount, currency) else { throw ArrangementFailure() }
        case .orderByHand(let id, let quantity, let price):
            let placed = venue.placeByHand([
                ("symbol", symbol.joined), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("newClientOrderId", id.text),
                ("quantity", quantity.description), ("price", price.description)
            ])
            guard placed.status == 200 else { throw ArrangementFailure() }
        case .gone: await server.stop()
        default: breakRequests(circumstance)
        }
    }

    private func breakRequests(_ circumstance: Circumstance) {
        switch circumstance {
        case .requestLost(let request): add(.loseRequest(.reset), to: request)
        case .answerLost(let request): add(.loseAnswer(.reset), to: request)
        case .serverError(let request, let status, let accepted): add(.answer(.page(status, "Server Trouble"), accepted: accepted), to: request)
        case .page(let request): add(.answer(.page(200, "Welcome"), accepted: true), to: request)
        case .huge(let request): add(.answer(BinanceReply(body: [UInt8](repeating: 32, count: 16 << 20)), accepted: true), to: request)
        case .truncated(let request, let bytes): add(.cut(after: bytes), to: request)
        case .otherSymbol(let request): add(.rewrite(old: "\"" + terms.symbol.joined + "\"", new: "\"ETHUSDT\""), to: request)
        case .otherClientId(let request, let id): add(.rewrite(old: "\"" + id.text + "\"", new: "\"SOMEBODYELSE\""), to: request)
        case .unknownStatus(let request): add(.rewrite(old: "\"status\":\"NEW\"", new: "\"status\":\"FROZEN\""), to: request)
        case .laggingList: add(.rewrite(old: "ALL_DONE", new: "EXECUTING"), to: .askList)
        case .doubledTrades: add(.doubleRows, to: .trades)
        case .reversedTrades: add(.reverseRows, to: .trades)
        case .missingTrade: add(.dropRows(1), to: .trades)
        case .rateLimit(let span): venue.add(Fault(.rateLimit(span)))
        case .ban(let span): venue.add(Fault(.ban(span)))
        case .maintenance(true): venue.add(Fault(.answer(.page(503, "Service Unavailable"), accepted: false), count: 1_000))
        case .maintenance(false): venue.clearFaults()
        default: preconditionFailure("arranged elsewhere: \(circumstance)")
        }
    }

    private func add(_ effect: Fault.Effect, to request: Request) {
        let (method, path) = Self.address(request)
        venue.add(Fault(effect, method: method, path: path))
    }

    private static func hits(_ request: Request) -> HookedTransport.Hits {
        let (method, path) = address(request)
        return { $0.method.rawValue == method && $0.url.contains(path) }
    }

    private static func address(_ request: Request) -> (method: String, path: String) {
        switch request {
        case .submit: ("POST", "/api/v3/order")
        case .submitList: ("POST", "/api/v3/orderList")
        case .cancel: ("DELETE", "/api/v3/order")
        case .cancelList: ("DELETE", "/api/v3/orderList")
        case .replace: ("POST", "/api/v3/order/cancelReplace")
        case .ask: ("GET", "/api/v3/order")
        case .askList: ("GET", "/api/v3/orderList")
        case .trades: ("GET", "/api/v3/myTrades")
        case .account: ("GET", "/api/v3/account")
        }
    }
}

/// The world could not be made as a case wants it.
struct ArrangementFailure: Error {}
