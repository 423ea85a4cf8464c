// Which files a store has and where: a folder a pair, in it one an interval, in it a file a month. Names are
// made from checked values only, and a file with another name is no part of the store.
import Kernel
import Market

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

struct StoreFolder: Hashable, Sendable {
    let path: String
    /// Says that a folder is a store, and which kind.
    static let marker = "CANDLES", markerText = "Carillon's candles, format 1\n"

    /// In symbol order.
    func symbols() throws(CandleStoreError) -> [Symbol] {
        try names(in: path).compactMap { name in
            let parts = name.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let base = Currency(String(parts[0])), let quote = Currency(String(parts[1])) else { return nil }
            return Symbol(base, quote)
        }.sorted()
    }

    /// The months of a pair, each with its intervals, finest first. Empty for a pair that is not there.
    func months(of symbol: Symbol) throws(CandleStoreError) -> [Month: [Timeframe]] {
        var found: [Month: [Timeframe]] = [:]
        // Finer candles are written before coarser ones go: in this order one of them is always seen.
        for timeframe in Timeframe.allCases.reversed() {
            for name in try names(in: path + "/" + Self.folder(symbol, timeframe)) where name.hasSuffix(".candles") {
                if let month = Month(name.dropLast(8)) { found[month, default: []].insert(timeframe, at: 0) }
            }
        }
        return found
    }

    static func folder(_ symbol: Symbol, _ timeframe: Timeframe) -> String { "\(symbol.base)-\(symbol.quote)/\(timeframe.rawValue)" }

    /// Whether the marker is there; throws if the folder cannot be looked into.
    func isStore() throws(CandleStoreError) -> Bool {
        if access(path + "/" + Self.marker, F_OK) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw .noPermission(path, reason: String(cString: strerror(errno))) }
        return false
    }

    /// Without those that begin with a dot; empty if there is no such folder.
    func names(in folder: String) throws(CandleStoreError) -> [String] {
        guard let listing = opendir(folder) else {
            guard errno == ENOENT || errno == ENOTDIR else { throw .noPermission(folder, reason: String(cString: strerror(errno))) }
            return []
        }
        defer { closedir(listing) }
        var names: [String] = []
        // The end of a folder and a folder that cannot be read on look alike but for errno.
        errno = 0
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .noPermission(folder, reason: String(cString: strerror(errno))) }
        return names.sorted()
    }
}
