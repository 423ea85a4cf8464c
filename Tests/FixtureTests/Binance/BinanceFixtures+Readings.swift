// Binance's recorded answers about the account and the market, read by our adapter.
import Kernel
import Market
import Ports
import StrictJSON
import Testing
import Trading

@testable import VenueBinance

extension BinanceFixtures {
    func checkTrades(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        let isOfOrder = fixture.method == "fetchOrderTrades"
        let trades = try await exchange.fills(symbol(fixture, isOfOrder ? 1 : 0), of: nil, since: nil)
        let parsed = try fixture.parsed.array
        try #require(trades.count == parsed.count && !trades.isEmpty)
        for (trade, parsed) in zip(trades, parsed) {
            #expect(
                [trade.id, trade.order.text, trade.symbol.description, trade.side.rawValue] == [
                    parsed["id"].text, parsed["order"].text, parsed["symbol"].text, parsed["side"].text
                ])
            #expect(
                [trade.quantity.value, trade.price.value, trade.fee.amount] == [
                    parsed["amount"].number, parsed["price"].number, parsed["fee"]["cost"].number
                ])
            #expect(trade.fee.currency.code == parsed["fee"]["currency"].text)
            #expect(trade.time?.milliseconds == parsed["timestamp"].integer)
            #expect((trade.isMaker == true ? "maker" : "taker") == parsed["takerOrMaker"].text)
        }
    }

    func checkAccount(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        let account = try await exchange.account()
        #expect(account.balances.count == (try fixture.answer["balances"].array.count))
        for balance in account.balances {
            let parsed = fixture.parsed[balance.asset]
            #expect([balance.free, balance.locked, balance.total] == [parsed["free"].number, parsed["used"].number, parsed["total"].number])
        }
        #expect(account.canTrade == (try fixture.answer["canTrade"].bool))
        #expect(account.takerFee?.value == fixture.answer["commissionRates"]["taker"].number)
    }

    func checkMarkets(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        let rules = try await exchange.rules()
        let parsed = try fixture.parsed.array.filter { (try? $0["spot"].bool) == true }
        #expect(rules.map(\.symbol.description) == Set(parsed.compactMap { $0["symbol"].text }).sorted())
        for market in parsed {
            let rule = try #require(rules.first { $0.symbol.description == market["symbol"].text })
            #expect((rule.status == .trading) == (try market["active"].bool))
            #expect(rule.price.step == market["precision"]["price"].number)
            #expect(rule.lot.step == market["precision"]["amount"].number)
            let limits = market["limits"]
            #expect([rule.price.minimum, rule.price.maximum] == [limits["price"]["min"].number, limits["price"]["max"].number])
            #expect([rule.lot.minimum, rule.lot.maximum] == [limits["amount"]["min"].number, limits["amount"]["max"].number])
            #expect(rule.notional?.minimum == limits["cost"]["min"].number)
            if limits["market"]["max"].isThere { #expect(rule.marketLot.maximum == limits["market"]["max"].number) }
        }
    }

    func checkPrices(_ fixture: Fixture, _ exchange: BinanceExchange, _ transport: RecordingTransport) async throws {
        switch fixture.method {
        case "fetchTime":
            let clock = try await exchange.measureClock()
            #expect((clock.measuredAt + clock.offset).milliseconds == (try fixture.parsed.int64))
        case "fetchOrderBook":
            let book = try await feed(transport).book(of: symbol(fixture, 0))
            func levels(_ levels: [OrderBookSnapshot.Level]) -> [[FixedDecimal?]] { levels.map { [$0.price.value, $0.quantity.value] } }
            #expect(levels(book.bids) == (try fixture.parsed["bids"].array.map { [$0[0].number, $0[1].number] }))
            #expect(levels(book.asks) == (try fixture.parsed["asks"].array.map { [$0[0].number, $0[1].number] }))
        case "fetchOHLCV":
            // The recorded row is of a week, which no timeframe of ours is: its figures are read all the same.
            let rows = try #require(try JSONField(body: fixture.body).elements), parsed = try fixture.parsed.array
            try #require(rows.count == parsed.count)
            for (row, parsed) in zip(rows, parsed) {
                let candle = try #require(MarketRows.figures(row)?.0)
                #expect(candle.openTime.milliseconds == parsed[0].integer)
                #expect(
                    [candle.open.value, candle.high.value, candle.low.value, candle.close.value, candle.volume.value]
                        == (1...5).map { parsed[$0].number })
            }
        case "fetchTicker": compare(try await feed(transport).ticker(of: symbol(fixture, 0)), fixture.parsed)
        case "fetchTickers":
            let tickers = try await feed(transport).tickers(of: rules.map(\.symbol))
            #expect(tickers.count == (try fixture.parsed.members.count))
            for ticker in tickers { compare(ticker, fixture.parsed[ticker.symbol.description]) }
        case "fetchBidsAsks":
            let best = try await feed(transport).bestPrices(of: rules.map(\.symbol))
            #expect(best.count == (try fixture.parsed.members.count))
            for (symbol, prices) in best {
                let parsed = fixture.parsed[symbol.description]
                #expect([prices.bid.value, prices.ask.value] == [parsed["bid"].number, parsed["ask"].number])
            }
        default: Issue.record("no reading for \(fixture.method)")
        }
    }

    private func compare(_ ticker: Ticker, _ parsed: JSONNode) {
        #expect(
            [ticker.last.value, ticker.bid?.value, ticker.ask?.value, ticker.quoteVolume] == [
                parsed["last"].number, parsed["bid"].number, parsed["ask"].number, parsed["quoteVolume"].number
            ])
        #expect(ticker.time.milliseconds == parsed["timestamp"].integer)
        #expect(ticker.change.map { $0.value.times(FixedDecimal(100), rounding: .nearest) } == parsed["percentage"].number)
    }
}
