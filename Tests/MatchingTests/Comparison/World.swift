// Where a sequence plays: its symbols, accounts and first rules; and what can be done there.
import Kernel
import Market
import Trading

struct World {
    struct Account {
        var number: Int
        var balances: [Currency: FixedDecimal]
        var maker: Ratio
        var taker: Ratio
        var payIn: ReferenceFeeAsset
    }
    var rules: [InstrumentRules]
    var accounts: [Account]

    var symbols: [Symbol] { rules.map(\.symbol) }
    /// The fee account and the market's too.
    var allAccounts: [Int] { [-1, 0] + accounts.map(\.number) }
    var currencies: [Currency] { [Self.apple, Self.berry, .usdt, Self.token] }

    static let apple = Currency("APPLE")!
    static let berry = Currency("BERRY")!
    static let token = Currency("TOKEN")!
    static let apples = Symbol(apple, .usdt)
    static let berries = Symbol(berry, .usdt)
}

/// One call to a venue.
enum Operation {
    case place(OrderRequest, Int, ReferencePrevention)
    case placeList(OrderListRequest, Int, ReferencePrevention)
    case cancel(Int64, Int, ClientOrderId?)
    case cancelList(Int64, Int, ClientOrderId?)
    case cancelAll(Symbol, Int, ClientOrderId?)
    case quotes(Symbol, bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level])
    case lastPrice(Symbol, Price)
    case rules(InstrumentRules)
}

struct Step {
    var time: Timestamp
    var operation: Operation
}

extension ReferenceVenue {
    init(_ world: World) {
        self.init(rules: world.rules)
        for account in world.accounts {
            openAccount(
                ReferenceAccount(number: account.number, maker: account.maker, taker: account.taker, payIn: account.payIn),
                account.balances.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    /// Does it and answers as it is afterwards.
    mutating func perform(_ step: Step) -> Answer {
        do throws(ReferenceRefusal) {
            switch step.operation {
            case .place(let request, let account, let prevention):
                let id = try place(request, for: account, prevention, at: step.time)
                return .order(facts(order(id)))
            case .placeList(let request, let account, let prevention):
                let id = try place(request, for: account, prevention, at: step.time)
                return .list(facts(list(id)))
            case .cancel(let id, let account, let newId):
                try cancel(id, for: account, newClientId: newId, at: step.time)
                return .order(facts(order(id)))
            case .cancelList(let id, let account, let newId):
                try cancelList(id, for: account, newClientId: newId, at: step.time)
                return .list(facts(list(id)))
            case .cancelAll(let symbol, let account, let newId):
                let ids = try cancelAll(symbol, for: account, newClientId: newId, at: step.time)
                return .orders(ids.map { facts(order($0)) })
            case .quotes(let symbol, let bids, let asks):
                try replaceMarketQuotes(symbol, bids: bids.map { ($0.price, $0.quantity) }, asks: asks.map { ($0.price, $0.quantity) }, at: step.time)
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
}
