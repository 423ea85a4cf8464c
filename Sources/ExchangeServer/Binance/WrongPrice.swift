// Prices that are not the market's, in one kind of answer while the others stay right: what a bot must not believe.
// The market, its orders and its money go on as they are.
public import Kernel
import Market
import StrictJSON

public struct WrongPrice: Sendable {
    public enum Form: Sendable {
        /// Every price times the factor: a shifted decimal.
        case scale(FixedDecimal)
        /// A candle's high (a factor above one) or low (below one) alone; of a ticker its day's high or low.
        case wick(FixedDecimal)
        /// The price each symbol had when the fault was made, under new times.
        case stale
    }
    public let form: Form
    /// Whether of candles only the newest closed one and the one in the making are wrong.
    public let isLastOnly: Bool
    /// By the joined name; set when the fault is made.
    var standing: [String: FixedDecimal] = [:]
    var since = Timestamp(milliseconds: 0)

    public init(_ form: Form, lastOnly: Bool = false) {
        self.form = form
        isLastOnly = lastOnly
    }

    /// Candles, tickers, book tops, depths and averages; what holds no price stays as it is.
    func distort(_ reply: inout BinanceReply, to request: BinanceRequest, at now: Timestamp) {
        guard reply.status == 200, let answer = try? JSONValue(parsing: reply.body) else { return }
        let symbol = (try? request.parameters()).flatMap { try? $0.text("symbol") } ?? ""
        let changed: JSONValue =
            if request.path.hasSuffix("klines"), case .array(let rows) = answer {
                .array(candles(rows, symbol, at: now))
            } else if case .array(let rows) = answer {
                .array(rows.map { fields($0, symbol) })
            } else {
                fields(answer, symbol)
            }
        reply.body = Array(changed.compact.utf8)
    }

    private func candles(_ rows: [JSONValue], _ symbol: String, at now: Timestamp) -> [JSONValue] {
        var newest = 0
        for (index, row) in rows.enumerated() { if let closes = Self.moment(row, 6), closes < now { newest = index } }
        var changed = rows
        for index in rows.indices where !isLastOnly || index >= newest { changed[index] = candle(rows[index], symbol) }
        return changed
    }

    /// A row of klines: opening, open, high, low, close, and what has no price.
    private func candle(_ row: JSONValue, _ symbol: String) -> JSONValue {
        guard case .array(var cells) = row, cells.count > 4 else { return row }
        var places = [1, 2, 3, 4]
        switch form {
        case .scale: break
        case .wick(let factor): places = [factor > .one ? 2 : 3]
        case .stale: if Self.moment(row, 0).map({ $0 < since.floored(to: .minutes(1)) }) ?? true { return row }
        }
        for place in places { cells[place] = changed(cells[place], symbol) }
        return .array(cells)
    }

    private static func moment(_ row: JSONValue, _ place: Int) -> Timestamp? {
        guard case .array(let cells) = row, cells.count > place, case .integer(let milliseconds) = cells[place] else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }

    private func fields(_ row: JSONValue, _ asked: String) -> JSONValue {
        guard case .object(let members) = row else { return row }
        var symbol = asked
        if case .string(let name)? = row.member("symbol") { symbol = name }
        return .fields(
            members.map { (member: JSONMember) -> (String, JSONValue) in
                if case .array(let levels) = member.value, ["bids", "asks"].contains(member.name) {
                    return (member.name, .array(levels.map { level($0, symbol) }))
                }
                return (member.name, isPrice(member.name) ? changed(member.value, symbol) : member.value)
            })
    }

    private func level(_ level: JSONValue, _ symbol: String) -> JSONValue {
        guard case .array(let cells) = level, let price = cells.first else { return level }
        return .array([changed(price, symbol)] + Array(cells.dropFirst()))
    }

    private func isPrice(_ name: String) -> Bool {
        if case .wick(let factor) = form { return name == (factor > .one ? "highPrice" : "lowPrice") }
        return name == "price" || name.hasSuffix("Price")
    }

    private func changed(_ price: JSONValue, _ symbol: String) -> JSONValue {
        guard case .string(let text) = price, let value = FixedDecimal(text) else { return price }
        switch form {
        case .scale(let factor), .wick(let factor): return value.checkedTimes(factor, rounding: .nearest).map { .amount($0) } ?? price
        case .stale: return standing[symbol].map { .amount($0) } ?? price
        }
    }
}

extension Fault {
    /// A stale fault keeps the prices of this moment.
    func standing(_ state: VenueState) -> Fault {
        guard case .wrongPrice(var wrong) = effect else { return self }
        for symbol in state.traded { wrong.standing[symbol.venueName] = state.lastPrice(symbol)?.value }
        wrong.since = state.now
        var fault = self
        fault.effect = .wrongPrice(wrong)
        return fault
    }
}
