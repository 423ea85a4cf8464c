// One numbered case of the suite. Numbers are for ever: a new case takes the next free one of its group.
import Trading

/// What a case needs of a venue, with a name for where it is missing.
enum Need: Sendable {
    case type(OrderType)
    case list(OrderListKind)
    case baseBuy, quoteBuy, stopLock, replacing, trades, time, keyRestrictions
    case arranging(Circumstance.Kind)

    func isMet(by venue: RegisteredVenue) -> Bool {
        let capabilities = venue.capabilities
        return switch self {
        case .type(let type): capabilities.orderTypes.contains(type)
        case .list(let kind): capabilities.orderLists.contains(kind)
        case .baseBuy: capabilities.marketBuyInBase
        case .quoteBuy: capabilities.marketBuyInQuote
        case .stopLock: capabilities.stopsLockBalance
        case .replacing: capabilities.canReplace
        case .trades: capabilities.listsTrades
        case .time: capabilities.tellsTime
        case .keyRestrictions: capabilities.tellsKeyRestrictions
        case .arranging(let kind): venue.arranges.contains(kind)
        }
    }

    var name: String {
        switch self {
        case .type(let type): "\(type) orders"
        case .list(let kind): "\(kind) lists"
        case .baseBuy: "market buys by quantity"
        case .quoteBuy: "market buys by quote amount"
        case .stopLock: "stops that lock what they sell"
        case .replacing: "replacing an order"
        case .trades: "a list of trades"
        case .time: "the venue's time"
        case .keyRestrictions: "what a key may do"
        case .arranging(let kind): "a way to arrange \(kind.rawValue)"
        }
    }
}

struct ConformanceCase: Sendable {
    /// What is compared when the case is over.
    enum Ending: Sendable {
        /// The venue's books, what the port tells of account and open orders, and the trades folded from the opening balances.
        case whole
        /// Not the fold: money came or went by other ways.
        case withoutFold
        /// The venue's books alone: the port is silent.
        case silent
    }
    let number: String
    let title: String
    let needs: [Need]
    let ending: Ending
    let run: @Sendable (Trial) async throws -> Void

    init(_ number: String, _ title: String, _ needs: [Need] = [], ending: Ending = .whole, _ run: @escaping @Sendable (Trial) async throws -> Void) {
        self.number = number
        self.title = title
        self.needs = needs
        self.ending = ending
        self.run = run
    }

    /// What this case needs and the venue lacks; nothing where it applies.
    func missing(on venue: RegisteredVenue) -> [Need] { needs.filter { !$0.isMet(by: venue) } }

    static let all: [ConformanceCase] =
        placing + cancelling + doubts + triggers + lists + amounts + patience + keys + nonsense + executions + replacing + changes
}
