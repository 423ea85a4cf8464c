// An account comes into the book: whose money it is, where it lies, and what its orders are called.
public import Kernel
import Market
public import Trading

public struct AccountOpened: Hashable, Codable, Sendable {
    public let account: AccountId
    /// `paper`, `binance`.
    public let venue: String
    /// The venue's address; nil for paper.
    public let host: String?
    /// A new one with each opening: an older order of the same number is never taken for a newer one.
    public let epoch: Epoch
    public let quote: Currency

    public init(account: AccountId, venue: String, host: String? = nil, epoch: Epoch, quote: Currency) {
        self.account = account
        self.venue = venue
        self.host = host
        self.epoch = epoch
        self.quote = quote
    }

    /// The paper account of a journal.
    public init(paperOf identity: JournalOpened, at time: Timestamp) {
        let account = AccountId(identity.mode), start = identity.start.map { "\($0.milliseconds)" } ?? ""
        self.init(
            account: account, venue: "paper", epoch: Epoch(of: "\(identity.world)\n\(start)\n\(identity.quote)\n\(account)", at: time),
            quote: identity.quote)
    }
}

extension Book {
    /// An account that is opened again goes on with its money, under a new epoch.
    mutating func apply(_ opened: AccountOpened) {
        if let index = accounts.firstIndex(where: { $0.id == opened.account }) {
            accounts[index].epoch = opened.epoch
        } else {
            accounts.append(AccountBook(opened.account, quote: opened.quote, epoch: opened.epoch))
        }
    }

    /// Where an event of `account` belongs; nil stands for the journal's own.
    func index(of account: AccountId?) throws(Contradiction) -> Int {
        guard let account else { return 0 }
        guard let index = accounts.firstIndex(where: { $0.id == account }) else { throw .noSuchAccount(account) }
        return index
    }
}
