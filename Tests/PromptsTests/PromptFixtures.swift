// A small market for prompts, a hash that is good enough for marks, and where files lie.
import Analysis
import Foundation
import Kernel
import Market
import Prompts
import Testing

enum Fixture {
    static let now = Timestamp(milliseconds: 1_767_621_600_000)
    static let btc = symbol("BTC/USDT"), eth = symbol("ETH/USDT")

    static func symbol(_ text: String) -> Symbol {
        guard let symbol = Symbol(text) else { preconditionFailure("a fixture's symbol") }
        return symbol
    }

    /// Hourly candles whose close rises by 1 % and falls by 0.5 %, turn by turn, the last of them closed at `now`.
    static func view(_ symbol: Symbol, hours: Int = 200) throws -> InstrumentView {
        var price = 100.0
        var candles: [Candle] = []
        for hour in 0..<hours {
            let open = price
            price *= hour % 2 == 0 ? 1.01 : 0.995
            let levels = [open, max(open, price) * 1.001, min(open, price) * 0.999, price]
            let prices = try levels.map { level in
                let value = try #require(FixedDecimal(shortest: (level * 100).rounded() / 100))
                return try #require(Price(value))
            }
            let volume = try #require(Quantity("12.5"))
            candles.append(
                try #require(
                    Candle(openTime: now - .hours(hours - hour), open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: volume)))
        }
        let instrument = try #require(Instrument(symbol: symbol, tickSize: "0.01", lotStep: "0.0001", minNotional: "5"))
        let last = try #require(candles.last).close
        return InstrumentView(
            instrument: instrument, ticker: Ticker(symbol: symbol, time: now, last: last, quoteVolume: "123456789.4", change: "0.0123"),
            candles: candles)
    }

    static func snapshot(news: [NewsHeadline] = [], sentiment: Int? = nil, symbols: [Symbol] = [btc, eth]) throws -> MarketSnapshot {
        MarketSnapshot(asOf: now, views: try symbols.map { try view($0) }, universe: [], sources: [], news: news, sentiment: sentiment)
    }

    static func headline(_ title: String, source: String = "Wire", link: String = "https://news.example/a", id: String = "1", minutes: Int = 30)
        -> NewsHeadline
    {
        NewsHeadline(id: id, source: source, title: title, link: link, publishedAt: now - .minutes(minutes))
    }

    static func prompt(_ name: String) throws -> Prompt { try #require(PromptLibrary.load(folder: nil)[name]?.prompt) }

    /// FNV-1a, twice with different seeds: 32 hexadecimal digits.
    static func digest(_ bytes: [UInt8]) -> String {
        [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4 as UInt64].map { seed in
            let hash = bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            let text = String(hash, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }

    static func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed]) }

    static func block(_ name: String, in rendered: RenderedPrompt) throws -> Any {
        let blocks = try #require(DataBlock.blocks(in: rendered.user))
        return try json(try #require(blocks.first { $0.name == name }).json)
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let shared: String? = {
        let path = ProcessInfo.processInfo.environment["CARILLON_SHARED"] ?? repository.deletingLastPathComponent().appending(path: "shared").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// A folder of its own, removed afterwards.
    static func withFolder(_ files: [String: Data], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prompts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "schemas"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, data) in files { try data.write(to: folder.appending(path: name)) }
        try body(folder.path)
    }
}
