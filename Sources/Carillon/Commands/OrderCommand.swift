// `carillon order`: first aid by hand, on test hosts and on servers of this machine. Every order's id is printed
// before it is sent, so that a lost answer can be asked for.
import ArgumentParser
import Domain
import Messaging
import Ports

struct OrderCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Place, look up and cancel orders on an exchange's testnet or a server on this machine.",
        discussion: """
            Orders on a live exchange are refused in this version. What is placed here is outside Carillon's journal.

            At the market, for 50 USDT:
              carillon order buy BTC/USDT --quote 50
            Waits at 70000:
              carillon order sell BTC/USDT --quantity 0.01 --limit 70000
            Sells once the price falls to 58000:
              carillon order sell BTC/USDT --quantity 0.01 --stop 58000
            Both at once; one cancels the other:
              carillon order sell BTC/USDT --quantity 0.01 --limit 70000 --stop 58000
            """,
        subcommands: [Buy.self, Sell.self, Show.self, Open.self, Cancel.self, Trades.self])

    struct Buy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "buy", abstract: "Buy.")
        @OptionGroup var options: ExchangeOptions
        @OptionGroup var wish: OrderWish
        mutating func run() async throws { try await guarded { try await OrderByHand(options, wish).send(.buy) } }
    }

    struct Sell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "sell", abstract: "Sell.")
        @OptionGroup var options: ExchangeOptions
        @OptionGroup var wish: OrderWish
        mutating func run() async throws { try await guarded { try await OrderByHand(options, wish).send(.sell) } }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Ask what became of one order.")
        @OptionGroup var options: ExchangeOptions
        @OptionGroup var named: OrderName
        mutating func run() async throws {
            try await printed {
                let exchange = try await ExchangeAssembly.signed(options)
                let reference = try await named.reference(exchange)
                let order = try await exchange.asked { try await exchange.order(reference) }
                Terminal.out(options.json ? ExchangeReport.fields(order).description : ExchangeReport.line(order))
            }
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "open", abstract: "List open orders, of one pair or of all.")
        @OptionGroup var options: ExchangeOptions
        @Argument(help: "The pair, e.g. BTC/USDT; all of them without it.")
        var symbol: String?
        mutating func run() async throws {
            try await printed {
                let exchange = try await ExchangeAssembly.signed(options)
                var wanted: Symbol?
                if let symbol { wanted = try await ExchangeArguments.rules(of: symbol, exchange).symbol }
                let open = try await exchange.asked { [wanted] in try await exchange.openOrders(wanted) }
                if options.json {
                    Terminal.out(JSONOutput.object([("orders", .list(open.orders.map(ExchangeReport.fields))), ("foreign", .list(open.foreign.map { .text($0) }))]))
                } else {
                    Terminal.out(open.orders.isEmpty ? "No open orders." : open.orders.map(ExchangeReport.line).joined(separator: "\n"))
                    if !open.foreign.isEmpty { Terminal.out("and orders on \(open.foreign.map(SafeReason.line).joined(separator: ", ")), which Carillon has no words for") }
                }
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Cancel one order (with its list), or everything on a pair.")
        @OptionGroup var options: ExchangeOptions
        @Argument(help: "The pair, e.g. BTC/USDT.")
        var symbol: String
        @Argument(help: "The exchange's number of the order, or its client order id.")
        var id: String?
        @Flag(help: "Everything that is open on the pair.")
        var all = false

        func validate() throws {
            guard all != (id != nil) else { throw ValidationError("name one order (carillon order cancel BTC/USDT 42) or say --all") }
        }

        mutating func run() async throws {
            try await guarded {
                let exchange = try await ExchangeAssembly.trading(options)
                let pair = try await ExchangeArguments.rules(of: symbol, exchange).symbol
                let cancelled: [VenueOrder]
                if let id {
                    let reference = OrderReference(pair, try OrderName.name(id))
                    cancelled = [try await exchange.asked { try await exchange.cancel(reference, .ordinary) }]
                } else {
                    cancelled = try await exchange.asked { try await exchange.cancelAll(pair, .ordinary) }
                }
                if options.json {
                    Terminal.out(JSONOutput.object([("cancelled", .list(cancelled.map(ExchangeReport.fields)))]))
                } else {
                    Terminal.out(cancelled.isEmpty ? "Nothing was open on \(pair)." : cancelled.map(ExchangeReport.line).joined(separator: "\n"))
                }
            }
        }
    }

    struct Trades: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "trades", abstract: "List the newest executions on a pair.")
        @OptionGroup var options: ExchangeOptions
        @Argument(help: "The pair, e.g. BTC/USDT.")
        var symbol: String
        mutating func run() async throws {
            try await printed {
                let exchange = try await ExchangeAssembly.signed(options)
                let pair = try await ExchangeArguments.rules(of: symbol, exchange).symbol
                let trades = try await exchange.asked { try await exchange.trades(pair, of: nil, since: nil) }
                if options.json {
                    Terminal.out(JSONOutput.object([("trades", .list(trades.map(ExchangeReport.fields)))]))
                } else {
                    Terminal.out(trades.isEmpty ? "No executions on \(pair)." : trades.map(ExchangeReport.line).joined(separator: "\n"))
                }
            }
        }
    }
}

/// An order that exists, as a person names it.
struct OrderName: ParsableArguments {
    @Argument(help: "The pair, e.g. BTC/USDT.")
    var symbol: String
    @Argument(help: "The exchange's number of the order, or its client order id.")
    var id: String

    func reference(_ exchange: any Exchange) async throws -> OrderReference {
        OrderReference(try await ExchangeArguments.rules(of: symbol, exchange).symbol, try Self.name(id))
    }

    /// All digits: the exchange's number.
    static func name(_ text: String) throws(Failure) -> OrderReference.Name {
        if text.utf8.allSatisfy({ (48...57).contains($0) }), let id = VenueOrderId(text) { return .venue(id) }
        return .client(try ExchangeArguments.clientId(text))
    }
}
