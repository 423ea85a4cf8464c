// `carillon order show|open|trades`: what became of orders, asked of the exchange.
import Application
import ArgumentParser
import Kernel
import Screens

extension OrderCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Ask what became of one order.")
        @OptionGroup var options: ExchangeOptions
        @Argument(help: "The pair, e.g. BTC/USDT.")
        var symbol: String
        @Argument(help: "The exchange's number of the order, or its client order id.")
        var id: String

        mutating func run() async throws {
            try await printed {
                let order = try await options.access.order(id, of: symbol)
                Terminal.out(options.json ? OrdersScreen.fields(order).description : OrdersScreen.line(order))
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
                let open = try await options.access.openOrders(symbol)
                Terminal.out(options.json ? OrdersScreen.json(open) : OrdersScreen.screen(open))
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
                let (pair, trades) = try await options.access.trades(symbol)
                Terminal.out(
                    options.json
                        ? JSONValue.console([("trades", .list(trades.map(OrdersScreen.fields)))])
                        : trades.isEmpty ? "No executions on \(pair)." : trades.map(OrdersScreen.line).joined(separator: "\n"))
            }
        }
    }
}
