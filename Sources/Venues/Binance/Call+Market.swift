// Public prices as calls: what needs no key.
import Kernel
import Market
import Ports

extension Call {
    static let time = Call("/api/v3/time", weight: 1, maximumBytes: 4_096)
    /// Spot symbols open for trading; with the permission sets it would be some 6 MB more.
    static let tradingInstruments = Call(
        "/api/v3/exchangeInfo", [("permissions", "SPOT"), ("symbolStatus", "TRADING"), ("showPermissionSets", "false")],
        weight: 20, maximumBytes: largestInfo)
    /// All spot symbols, also those that are halted.
    static let instruments = Call(
        "/api/v3/exchangeInfo", [("permissions", "SPOT"), ("showPermissionSets", "false")], weight: 20, maximumBytes: largestInfo)
    private static let largestInfo = 24 << 20

    private init(_ path: String, _ parameters: [(name: String, value: String)] = [], weight: Int, maximumBytes: Int = 1 << 20) {
        self.init(.get, path, parameters, weight: weight, maximumBytes: maximumBytes)
    }

    /// The last 24 hours of one symbol, of several, or of all.
    static func ticker(_ symbol: Symbol) -> Call { Call("/api/v3/ticker/24hr", [("symbol", symbol.venueName)], weight: 2) }
    static func tickers(_ symbols: [Symbol]) -> Call {
        Call("/api/v3/ticker/24hr", several(symbols), weight: symbols.count <= 20 ? 2 : symbols.count <= 100 ? 40 : 80, maximumBytes: 8 << 20)
    }
    static let tickers = Call("/api/v3/ticker/24hr", weight: 80, maximumBytes: 8 << 20)
    /// Best bid and ask alone.
    static func bookTickers(_ symbols: [Symbol]) -> Call {
        Call("/api/v3/ticker/bookTicker", several(symbols), weight: 4, maximumBytes: 8 << 20)
    }
    static func bookTicker(_ symbol: Symbol) -> Call { Call("/api/v3/ticker/bookTicker", [("symbol", symbol.venueName)], weight: 2) }

    /// No symbols means all of them.
    private static func several(_ symbols: [Symbol]) -> [(name: String, value: String)] {
        symbols.isEmpty ? [] : [("symbols", JSONValue.array(symbols.map { .string($0.venueName) }).compact)]
    }

    /// The book's best `levels` on each side, 100 if not given.
    static func book(_ symbol: Symbol, levels: Int?) -> Call {
        let count = levels ?? 100
        let weight = count <= 100 ? 5 : count <= 500 ? 25 : count <= 1_000 ? 50 : 250
        return Call("/api/v3/depth", [("symbol", symbol.venueName)] + (levels.map { [("limit", String($0))] } ?? []), weight: weight)
    }

    /// - Parameter interval: as the venue writes it; `1M` is a month, `1m` a minute.
    static func candles(_ symbol: Symbol, interval: String, from start: Timestamp?, to end: Timestamp?, limit: Int) -> Call {
        let span = [("startTime", start), ("endTime", end)].compactMap { name, time in time.map { (name, String($0.milliseconds)) } }
        return Call("/api/v3/klines", [("symbol", symbol.venueName), ("interval", interval)] + span + [("limit", String(limit))], weight: 2)
    }
}
