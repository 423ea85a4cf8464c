// `carillon order buy|sell`: first aid by hand, on test hosts and on servers of this machine. Every order's id is printed
// before it is sent, so that a lost answer can be asked for.
import Application
import ArgumentParser
import Screens
import Trading

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
        @OptionGroup var order: OrderOptions
        mutating func run() async throws { try await guarded { try await send(.buy, order, options) } }
    }

    struct Sell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "sell", abstract: "Sell.")
        @OptionGroup var options: ExchangeOptions
        @OptionGroup var order: OrderOptions
        mutating func run() async throws { try await guarded { try await send(.sell, order, options) } }
    }
}

private func send(_ side: Side, _ order: OrderOptions, _ options: ExchangeOptions) async throws {
    let sent = try await OrderByHand(options.caller, options.access, order.wish).send(side)
    if let failure = OrdersScreen.refusal(sent) { throw failure }
    Terminal.out(options.json ? OrdersScreen.json(sent) : OrdersScreen.screen(sent))
}
