// The core as a sequence sees it: the same calls, and the same picture, through its public face alone.
import Kernel
import Market
import Matching
import Trading

extension MatchingCore {
    init(_ world: World) {
        self.init(rules: world.rules)
        for account in world.accounts {
            openAccount(
                ParticipantId(account.number), balances: account.balances,
                fees: FeeSchedule(maker: account.maker, taker: account.taker, payIn: FeeAsset(account.payIn)))
        }
    }

    mutating func perform(_ step: Step) -> Answer {
        do throws(Refusal) {
            switch step.operation {
            case .place(let request, let account, let prevention):
                return .order(OrderFacts(try place(request, for: ParticipantId(account), prevention: SelfTradePrevention(prevention), at: step.time)))
            case .placeList(let request, let account, let prevention):
                return .list(ListFacts(try place(request, for: ParticipantId(account), prevention: SelfTradePrevention(prevention), at: step.time)))
            case .cancel(let id, let account, let newId):
                return .order(OrderFacts(try cancel(id, for: ParticipantId(account), cancelId: newId, at: step.time)))
            case .cancelList(let id, let account, let newId):
                return .list(ListFacts(try cancelList(id, for: ParticipantId(account), cancelId: newId, at: step.time)))
            case .cancelAll(let symbol, let account, let newId):
                return .orders(try cancelAll(symbol, for: ParticipantId(account), cancelId: newId, at: step.time).map { OrderFacts($0) })
            case .quotes(let symbol, let bids, let asks):
                try replaceMarketQuotes(symbol, bids: bids, asks: asks, at: step.time)
            case .lastPrice(let symbol, let price):
                try setLastPrice(symbol, price, at: step.time)
            case .rules(let rules):
                setRules(rules)
            }
            return .done
        } catch {
            return .refused("\(error)")
        }
    }

    func picture(of world: World, tradesFrom first: [Int]) -> Picture {
        var picture = Picture()
        for (symbol, first) in zip(world.symbols, first) {
            guard let depth = depth(symbol, levels: .max) else { continue }
            func levels(_ side: [OrderBookSnapshot.Level]) -> [BookFacts.Level] { side.map { .init(price: $0.price, quantity: $0.quantity.value) } }
            picture.books.append(
                BookFacts(bids: levels(depth.bids), asks: levels(depth.asks), last: lastPrice(symbol), average: averagePrice(symbol)))
            picture.trades += allTrades(symbol, from: first).map { TradeFacts($0) }
        }
        var id: Int64 = 1
        while let order = order(id) {
            picture.orders.append(OrderFacts(order))
            id += 1
        }
        picture.open = world.accounts.flatMap { openOrders(ParticipantId($0.number)).map(\.id) }.sorted()
        id = 1
        while let list = list(id) {
            picture.lists.append(ListFacts(list))
            id += 1
        }
        for account in world.allAccounts {
            for currency in world.currencies {
                let balance = balance(ParticipantId(account), currency)
                picture.balances.append(.init(account: account, currency: currency, free: balance?.free ?? .zero, locked: balance?.locked ?? .zero))
            }
        }
        return picture
    }
}

extension FeeAsset {
    init(_ asset: ReferenceFeeAsset) {
        switch asset {
        case .received: self = .received
        case .quote: self = .quote
        case .third(let currency, let prices): self = .third(currency, prices: prices)
        }
    }
}

extension SelfTradePrevention {
    init(_ prevention: ReferencePrevention) {
        switch prevention {
        case .none: self = .none
        case .expireTaker: self = .expireTaker
        case .expireMaker: self = .expireMaker
        case .expireBoth: self = .expireBoth
        }
    }
}

extension OrderFacts {
    init(_ order: OrderRecord) {
        self.init(
            id: order.id, list: order.listId, clientId: order.clientId, account: order.account.number, symbol: order.symbol, side: order.side,
            kind: order.kind, quantity: order.quantity.value, executed: order.executed.value, executedQuote: order.executedQuote,
            status: order.status,
            createdAt: order.createdAt, updatedAt: order.updatedAt, workingAt: order.workingAt, fills: order.fills, isOpen: order.isOpen,
            reason: order.endReason?.rawValue, cancelId: order.cancelId, locked: order.locked)
    }
}

extension ListFacts {
    init(_ list: OrderListRecord) {
        self.init(
            id: list.id, clientId: list.clientId, account: list.account.number, symbol: list.symbol, kind: list.kind, orders: list.orders,
            isDone: list.status == .done, createdAt: list.createdAt, locked: list.locked)
    }
}

extension TradeFacts {
    init(_ trade: FillRecord) {
        func party(_ party: FillRecord.Party) -> Party { .init(account: party.account.number, order: party.order, fee: party.fee) }
        self.init(
            id: trade.id, symbol: trade.symbol, price: trade.price, quantity: trade.quantity.value, notional: trade.notional,
            takerSide: trade.takerSide,
            maker: party(trade.maker), taker: party(trade.taker), time: trade.time)
    }
}
