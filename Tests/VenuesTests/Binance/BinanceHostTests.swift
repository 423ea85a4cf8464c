// Where orders may go, and what is not sent at all.
import Kernel
import Ports
import TestSupport
import Testing
import Trading

@testable import VenueBinance

@Suite("Binance hosts")
struct BinanceHostTests {
    /// Answers nothing and remembers that it was asked.
    private struct Tripwire: HTTPTransport {
        let counter = Counter()
        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            _ = counter.next()
            throw .unreachable("a test")
        }
    }
    private func exchange(_ host: BinanceHost, _ transport: Tripwire) -> BinanceExchange {
        let clock = FakeClock()
        return BinanceExchange(
            host: host, key: BinanceKey(name: Secret("k"), secret: Secret("s")), transport: transport, limits: BinanceLimits(clock: clock),
            clock: clock)
    }

    @Test("on the live host nothing is changed: orders, lists, cancels and replacements are refused and not sent; questions are asked")
    func live() async {
        let transport = Tripwire()
        let exchange = exchange(.live, transport)
        let leg = OrderLeg(id: BinanceBench.id, side: .sell, kind: .limitMaker(Quantity("1")!, price: Price("2")!))
        let list = OrderListRequest(id: BinanceBench.id, symbol: BinanceBench.bitcoin, .oneCancelsOther(above: leg, below: leg))
        let errors = [
            await exchangeError { () throws(ExchangeError) in try await exchange.submit(BinanceBench.order, .protective) },
            await exchangeError { () throws(ExchangeError) in try await exchange.submit(list, .protective) },
            await exchangeError { () throws(ExchangeError) in try await exchange.cancel(BinanceBench.reference, .protective) },
            await exchangeError { () throws(ExchangeError) in try await exchange.cancelList(BinanceBench.reference, .protective) },
            await exchangeError { () throws(ExchangeError) in try await exchange.cancelAll(BinanceBench.bitcoin, .protective) },
            await exchangeError { () throws(ExchangeError) in
                try await exchange.replace(BinanceBench.reference, with: BinanceBench.order, .protective)
            }
        ]
        #expect(errors.map { $0?.kind } == Array(repeating: "unsupported", count: 6))
        #expect(transport.counter.count == 0)
        #expect(await exchangeError { () throws(ExchangeError) in try await exchange.account() }?.kind == "unavailable")
        #expect(transport.counter.count == 1)
    }

    @Test("a setting names a host; only this machine may be spoken to without encryption")
    func settings() {
        #expect(BinanceHost("live") == .live && BinanceHost("testnet") == .testnet && BinanceHost("demo") == .demo)
        #expect(BinanceHost("http://127.0.0.1:8080/")?.baseURL == "http://127.0.0.1:8080")
        #expect(BinanceHost("http://localhost") != nil && BinanceHost("http://[::1]:9") != nil)
        for text in [
            "", "Live", "https://api.binance.com", "http://testnet.binance.vision", "http://127.0.0.1.evil.example",
            "http://localhost:80@evil.example", "http://127.0.0.1:99999",
            "http://127.0.0.1:", "http://127.0.0.1:+80", "http://127.0.0.1/path", "ftp://localhost"
        ] {
            #expect(BinanceHost(text) == nil, "\(text)")
        }
    }

    @Test("testnet and demo have no wallet: key permissions and fees say so, and nothing is sent")
    func wallet() async {
        for host in [BinanceHost.testnet, .demo] {
            let transport = Tripwire()
            let exchange = exchange(host, transport)
            #expect(exchange.capabilities.tellsKeyRestrictions == false)
            #expect(await exchangeError { () throws(ExchangeError) in try await exchange.keyRestrictions() }?.kind == "unsupported")
            #expect(await exchangeError { () throws(ExchangeError) in try await exchange.fees(BinanceBench.bitcoin) }?.kind == "unsupported")
            #expect(transport.counter.count == 0)
        }
    }

    @Test("legs that the venue's lists cannot have are refused before anything is sent")
    func legs() async throws {
        let transport = Tripwire()
        let exchange = exchange(.testnet, transport)
        func leg(_ side: Side, _ kind: OrderKind) -> OrderLeg { OrderLeg(id: BinanceBench.id, side: side, kind: kind) }
        let one = Quantity("1")!, two = Quantity("2")!, price = Price("3")!
        let contingencies: [OrderListRequest.Contingency] = [
            .oneCancelsOther(above: leg(.sell, .limitMaker(one, price: price)), below: leg(.sell, .stopLoss(two, trigger: price))),
            .oneCancelsOther(above: leg(.sell, .limitMaker(one, price: price)), below: leg(.buy, .stopLoss(one, trigger: price))),
            .oneTriggersOther(working: leg(.buy, .market(.base(one))), pending: leg(.sell, .stopLoss(one, trigger: price))),
            .oneTriggersOther(working: leg(.buy, .limit(one, price: price, .goodTillCancel)), pending: leg(.sell, .market(.quote("5"))))
        ]
        for contingency in contingencies {
            let list = OrderListRequest(id: BinanceBench.id, symbol: BinanceBench.bitcoin, contingency)
            #expect(await exchangeError { () throws(ExchangeError) in try await exchange.submit(list, .ordinary) }?.kind == "unsupported")
        }
        #expect(transport.counter.count == 0)
    }

    @Test("an OTOCO in the venue's parameters: entry, target above, stop below")
    func otoco() throws {
        func leg(_ id: String, _ side: Side, _ kind: OrderKind) -> OrderLeg { OrderLeg(id: ClientOrderId(id)!, side: side, kind: kind) }
        let one = Quantity("1.5")!
        let parameters = try ListLegs.parameters(
            .oneTriggersOneCancelsOther(
                working: leg("W", .buy, .limit(one, price: Price("100")!, .goodTillCancel)),
                above: leg("A", .sell, .limitMaker(one, price: Price("110")!)),
                below: leg("B", .sell, .stopLossLimit(one, trigger: Price("90")!, price: Price("89")!, .goodTillCancel))))
        #expect(
            parameters.map { "\($0.name)=\($0.value)" } == [
                "workingSide=BUY", "workingQuantity=1.5", "workingType=LIMIT", "workingClientOrderId=W", "workingPrice=100", "workingTimeInForce=GTC",
                "pendingSide=SELL", "pendingQuantity=1.5", "pendingAboveType=LIMIT_MAKER", "pendingAboveClientOrderId=A", "pendingAbovePrice=110",
                "pendingBelowType=STOP_LOSS_LIMIT", "pendingBelowClientOrderId=B", "pendingBelowPrice=89", "pendingBelowStopPrice=90",
                "pendingBelowTimeInForce=GTC"
            ])
    }
}
