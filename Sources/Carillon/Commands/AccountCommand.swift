// `carillon account`: what the exchange's account holds. `deposit|withdraw`: paper money in and out. Baselines move with it, so that neither looks
// like a profit or a loss.
import ArgumentParser
import Domain
import Messaging

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "account", abstract: "Show the exchange's account; put paper money in or take it out.",
                                                    discussion: "The paper account itself is in carillon status.",
                                                    subcommands: [Show.self, Deposit.self, Withdraw.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show the exchange's account and what the key may do.")
        @OptionGroup var options: ExchangeOptions
        mutating func run() async throws {
            try await printed {
                let exchange = try await ExchangeAssembly.signed(options)
                let account = try await exchange.asked { try await exchange.account() }
                // Test hosts have no such question; that the account could be read is enough there.
                let key = try? await exchange.keyRestrictions()
                Terminal.out(options.json ? AccountReport.json(account, key, exchange.venue) : AccountReport.screen(account, key, exchange.venue))
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
        mutating func run() async throws { try await guarded { try await Movement(options, amount, reason).run(sign: 1) } }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Take paper money out of the account.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "How much, in the account's currency, e.g. 250.50.")
        var amount: String
        @Option(help: "Why, for the journal.")
        var reason = "by hand"
        mutating func run() async throws { try await guarded { try await Movement(options, amount, reason).run(sign: -1) } }
    }
}

private struct Movement {
    let options: CommonOptions
    let amount: String
    let reason: String
    init(_ options: CommonOptions, _ amount: String, _ reason: String) {
        self.options = options
        self.amount = amount
        self.reason = reason
    }

    func run(sign: Int) async throws {
        guard let value = FixedDecimal(amount), value.isPositive, value <= "1000000000000" else {
            throw Failure(.usage, "'\(SafeReason.line(amount))' is no amount; an example is 250.50")
        }
        let session = try await Session.writing(options)
        var free: FixedDecimal?
        let book = try session.journal.commit(at: session.clock.now) { book in
            let spendable = book.cash - book.reservedCash
            if sign < 0, value > spendable {
                free = spendable
                return []
            }
            return [.cashMoved(CashMoved(amount: Money(sign > 0 ? value : -value, book.quote), reason: SafeReason.line(reason)))]
        }
        if let free { throw Failure(.data, "only \(free) \(book.quote) is free; nothing was withdrawn") }
        Terminal.out(options.json ? JSONOutput.object([("cash", .decimal(book.cash)), ("deposited", .decimal(book.baselines.deposited))])
            : "Cash \(Format.money(Money(book.cash, book.quote)))")
    }
}
