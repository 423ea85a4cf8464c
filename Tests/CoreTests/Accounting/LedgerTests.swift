// Double entry: every kind of movement sums to zero in each asset, and what is owned is what was
// received less what was given.
import Market
import Testing

@testable import Kernel
@testable import Trading

/// The sum of all accounts of one asset.
func imbalance(_ ledger: Ledger, _ asset: Currency) -> FixedDecimal {
    LedgerAccount.allCases.reduce(.zero) { $0 + ledger.balance($1, asset) }
}

private func sums(_ postings: [Posting]) -> [Currency: FixedDecimal] {
    postings.reduce(into: [:]) { $0[$1.asset, default: .zero] += $1.amount }
}

@Suite("The ledger")
struct LedgerTests {
    @Test(
        "every movement sums to zero in each asset",
        arguments: [
            Postings.deposit(Money("1000", .usdt)), Postings.withdrawal(Money("0.000000000001", .usdt)),
            Postings.dust(Quantity("0.0009")!, of: coin.base), Postings.dust(.zero, of: coin.base),
            Postings.fill(plainCosts.fill(sampleOrder(.buy, "0.333"), near: Price("99.99")!, tick: "0.01", at: fourteen)!),
            Postings.fill(plainCosts.fill(sampleOrder(.sell, "0.333"), near: Price("99.99")!, tick: "0.01", at: fourteen)!)
        ])
    func zero(_ postings: [Posting]) {
        #expect(sums(postings).values.allSatisfy { $0.isZero })
    }

    @Test("a buy with its fee in base: coins in, money out, the fee apart")
    func buy() {
        var ledger = Ledger()
        ledger.post(Postings.deposit(Money("1000", .usdt)))
        ledger.post(Postings.fill(freeOfCosts.fill(sampleOrder(.buy, "2"), near: Price("100")!, tick: "0.01", at: fourteen)!))
        #expect(ledger.balance(.assets, .usdt) == "800" && ledger.balance(.assets, coin.base) == "2")
        #expect(ledger.balance(.capital, .usdt) == "-1000" && ledger.balance(.trading, .usdt) == "200")
        ledger.post(
            Postings.fill(FillCosts(fee: "0.01", slippage: "0").fill(sampleOrder(.buy, "1"), near: Price("100")!, tick: "0.01", at: fourteen)!))
        #expect(ledger.balance(.assets, coin.base) == "2.99" && ledger.balance(.fees, coin.base) == "0.01")
    }

    @Test("a fee in a third asset is booked in that asset")
    func thirdAsset() throws {
        let bnb = try #require(Currency("BNB"))
        let fill = Fill(
            id: "1", order: sampleOrder(.buy).id, symbol: coin, side: .buy, quantity: Quantity("1")!, price: Price("100")!,
            fee: Money("0.0003", bnb), time: fourteen)
        #expect(sums(Postings.fill(fill)).values.allSatisfy { $0.isZero })
        var ledger = Ledger()
        ledger.post(Postings.fill(fill))
        #expect(ledger.balance(.fees, bnb) == "0.0003" && ledger.balance(.assets, bnb) == "-0.0003")
    }

    @Test("a balance that comes to zero leaves no trace, so that equal ledgers are equal")
    func noTrace() {
        var ledger = Ledger()
        ledger.post(Postings.deposit(Money("5", .usdt)))
        ledger.post(Postings.withdrawal(Money("5", .usdt)))
        #expect(ledger == Ledger())
    }

    @Test("one side alone does not balance: the check can fail")
    func canFail() {
        var ledger = Ledger()
        ledger.post([Posting(.assets, .usdt, "1")])
        #expect(imbalance(ledger, .usdt) == "1")
    }
}
