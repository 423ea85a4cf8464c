// An order as a person wishes it.
import Application
import ArgumentParser

struct OrderOptions: ParsableArguments {
    @Argument(help: "The pair, e.g. BTC/USDT.")
    var symbol: String
    @Option(help: "How many coins.")
    var quantity: String?
    @Option(help: "For how much money, at the market.")
    var quote: String?
    @Option(help: "The price to wait for.")
    var limit: String?
    @Option(help: "The price that triggers it: below the market for a sell, above it for a buy.")
    var stop: String?
    @Option(help: "The limit once triggered; without it the order goes to the market.")
    var stopLimit: String?
    @Option(help: "Its client order id; else one is made.")
    var id: String?

    func validate() throws {
        guard (quantity != nil) != (quote != nil) else { throw ValidationError("say --quantity COINS, or --quote MONEY for an order at the market") }
        if quote != nil, limit != nil || stop != nil {
            throw ValidationError("--quote is for orders at the market; an order with --limit or --stop takes --quantity")
        }
        if stopLimit != nil, stop == nil { throw ValidationError("--stop-limit needs --stop") }
    }

    var wish: OrderWish { OrderWish(symbol: symbol, quantity: quantity, quote: quote, limit: limit, stop: stop, stopLimit: stopLimit, id: id) }
}
