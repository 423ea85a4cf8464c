// `carillon account`: what the exchange's account holds. `deposit|withdraw`: paper money in and out.
import Application
import ArgumentParser
import Kernel
import Messaging
import Screens

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Show the exchange's account; put paper money in or take it out.",
        discussion: "The paper account itself is in carillon status.",
        subcommands: [Show.self, Deposit.self, Withdraw.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the exchange's account and what the key may do.")
        @OptionGroup var options: ExchangeOptions
        mutating func run() async throws {
            try await printed {
                let (account, key, venue) = try await options.access.account()
                Terminal.out(options.json ? AccountScreen.json(account, key, venue) : AccountScreen.screen(account, key, venue))
            }
        }
    }

    struct Deposit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "deposit", abstract: "Put paper money into the account.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "How much, in the account's currency, e.g. 250.50.")
        var amount: String
        @Option(help: "Why, for the journal.")
        var reason = "by hand"
        mutating func run() async throws {
            try await guarded { show(try await Movement.move(amount, direction: 1, reason: reason, options.caller), options) }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Take paper money out of the account.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "How much, in the account's currency, e.g. 250.50.")
        var amount: String
        @Option(help: "Why, for the journal.")
        var reason = "by hand"
        mutating func run() async throws {
            try await guarded { show(try await Movement.move(amount, direction: -1, reason: reason, options.caller), options) }
        }
    }
}

private func show(_ movement: Movement, _ options: CommonOptions) {
    Terminal.out(
        options.json
            ? JSONValue.console([("cash", .decimal(movement.cash.amount)), ("deposited", .decimal(movement.deposited))])
            : "Cash \(Format.money(movement.cash))")
}
