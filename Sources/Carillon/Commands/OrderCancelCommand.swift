// `carillon order cancel`: one order with its list, or everything on a pair.
import Application
import ArgumentParser
import Kernel
import Screens

extension OrderCommand {
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
                let (pair, cancelled) = try await options.access.cancel(id, of: symbol)
                Terminal.out(
                    options.json
                        ? JSONValue.console([("cancelled", .list(cancelled.map(OrdersScreen.fields)))])
                        : cancelled.isEmpty ? "Nothing was open on \(pair)." : cancelled.map(OrdersScreen.line).joined(separator: "\n"))
            }
        }
    }
}
