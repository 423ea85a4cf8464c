// Real candles replayed in virtual time. Every file that is not used is named: in full before it begins,
// in short in every snapshot.
import CandleFiles
import Engine
package import Kernel
import Market
import Ports

extension World {
    /// The name of the folder is the world's name; with another start it is another world.
    package static func replay(_ folder: String, quote: Currency, from start: Timestamp, hours: Int) throws(Failure) -> World {
        let market: CandleFileMarket
        do {
            // Sixty days before the start are more than any indicator reads.
            market = try CandleFileMarket(paths: [folder], quote: quote, window: start - .days(60)..<start + .hours(hours + 24))
        } catch { throw Failure(.data, "\(error.source): \(error.detail)") }
        let damaged = market.damaged()
        let unused = damaged + market.excluded
        guard !market.symbols.isEmpty else {
            throw Failure(.data, "no candles of \(quote) pairs in \(folder)\(first(unused))")
        }
        guard market.span != nil else {
            throw Failure(.data, "no candles of \(quote) pairs in \(folder) can be used\(first(unused))")
        }
        let end = start + .hours(hours)
        // Hours that no file reaches would all be reported as hours in which there was nothing to do.
        if let span = market.span, market.finestStep(from: start, to: end) == nil {
            throw Failure(
                .usage,
                "no candles from \(start) to \(end): the files in \(folder) reach from \(span.lowerBound) to \(span.upperBound); "
                    + "name a --start in that span")
        }
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        var sources = LookSources(market: market, listedSince: { symbol, _ in market.listedSince(symbol) })
        sources.remark = unused.isEmpty ? "" : "\(unused.count) files not used: " + short(unused)
        var world = World(sources, identity: "candles:\(name)")
        world.finestStep = { market.finestStep(from: $0, to: $1) ?? .h1 }
        world.remarks = unused.map { "not used: \($0)" } + market.gaps().map(\.description)
        return world
    }

    /// What is wrong with the only file, or with the first of them.
    private static func first(_ files: [FileFault]) -> String {
        files.first.map { files.count == 1 ? "; \($0)" : "; \(files.count) files are not used, the first: \($0)" } ?? ""
    }

    /// The first three in full, damaged ones first, and how many more there are.
    private static func short(_ files: [FileFault]) -> String {
        files.prefix(3).map(\.description).joined(separator: ", ") + (files.count > 3 ? " and \(files.count - 3) more" : "")
    }
}
