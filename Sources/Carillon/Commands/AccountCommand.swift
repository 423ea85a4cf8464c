// `carillon account deposit|withdraw`: paper money in and out. Baselines move with it, so that neither looks
// like a profit or a loss.
import ArgumentParser
import Domain
import Messaging

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "account", abstract: "Put paper money in or take it out.",
                                                    subcommands: [Deposit.self, Withdraw.self])

    struct Deposit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "deposit", abstract: "Put paper money into the account.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "How much, in the account's currency, e.g. 250.50.")
        var amount: String
        @Option(help: "Why, for the journal.")
        var reason = "by hand"
        mutating func run() async throws { try await guarded { try Movement(options, amount, reason).run(sign: 1) } }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Take paper money out of the account.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "How much, in the account's currency, e.g. 250.50.")
        var amount: String
        @Option(help: "Why, for the journal.")
        var reason = "by hand"
        mutating func run() async throws { try await guarded { try Movement(options, amount, reason).run(sign: -1) } }
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

    func run(sign: Int) throws {
        guard let value = FixedDecimal(amount), value.isPositive, value <= "1000000000000" else {
            throw Failure(.usage, "'\(SafeReason.line(amount))' is no amount; an example is 250.50")
        }
        let session = try Session.open(options, .changing)
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
