// Which candle files there are: the folder's listing (or the files named one by one), sorted, each
// either taken or set aside with its reason.
import Kernel
import Market

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that was found and its place.
struct FoundFile: Sendable {
    let path: String
    let file: String
    let symbol: Symbol
    let timeframe: Timeframe
    let isCompressed: Bool
}

struct CandleFolder {
    private(set) var files: [FoundFile] = []
    private(set) var excluded: [FileFault] = []
    private(set) var rules: [Symbol: Instrument] = [:]

    /// - Parameter paths: folders and files; a folder's files are those directly in it.
    init(_ paths: [String], quote: Currency) throws(FileFault) {
        var seen: Set<String> = [], found: [(path: String, file: String)] = []
        for path in paths {
            let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            let folder = try Self.isFolder(trimmed)
            let names = folder ? try Self.names(in: trimmed) : [Self.lastPart(trimmed)]
            for name in names {
                let place = folder ? trimmed + "/" + name : trimmed
                guard seen.insert(place).inserted else { continue }
                if name == InstrumentsFile.fileName { try read(rules: place); continue }
                found.append((place, name))
            }
            if !folder { try read(rulesBeside: trimmed, &seen) }
        }
        // The rules first: they say which pair a name means.
        for (path, file) in found { take(path, file, quote) }
        files.sort { ($0.symbol, $0.timeframe, $0.file) < ($1.symbol, $1.timeframe, $1.file) }
        for (one, next) in zip(files, files.dropFirst()) where one.symbol == next.symbol && one.timeframe == next.timeframe {
            throw FileFault(file: next.file, "the same candles as \(one.file): keep one of them")
        }
        excluded.sort { $0.file < $1.file }
        setAsideCoarse()
    }

    private mutating func take(_ path: String, _ file: String, _ quote: Currency) {
        guard let name = CandleFileName(file, known: Array(rules.keys)) else { return }
        // An archive of anything lies in a folder; only one of candles is worth a word.
        switch name.use(in: quote) {
        case .candles(let symbol, let timeframe):
            guard name.isWhole else { return excluded.append(FileFault(file: file, CandleFileName.partReason)) }
            files.append(FoundFile(path: path, file: file, symbol: symbol, timeframe: timeframe, isCompressed: name.packing == .gzip))
        case .untold where name.packing == .zip, .unusable where name.packing == .zip: break
        case .untold: excluded.append(FileFault(file: file, "not named <BASE><QUOTE>-<interval>.csv"))
        case .unusable(let reason): excluded.append(FileFault(file: file, reason))
        }
    }

    /// A pair without hourly or finer candles cannot be decided on each hour.
    private mutating func setAsideCoarse() {
        let fine = Set(files.filter { $0.timeframe <= .h1 }.map(\.symbol))
        for found in files where !fine.contains(found.symbol) {
            excluded.append(FileFault(file: found.file, "too coarse: no hourly or finer candles of \(found.symbol)"))
        }
        files.removeAll { !fine.contains($0.symbol) }
        excluded.sort { $0.file < $1.file }
    }

    private mutating func read(rulesBeside file: String, _ seen: inout Set<String>) throws(FileFault) {
        let place = String(file.dropLast(Self.lastPart(file).count)) + InstrumentsFile.fileName
        guard access(place, F_OK) == 0, seen.insert(place).inserted else { return }
        try read(rules: place)
    }

    private mutating func read(rules path: String) throws(FileFault) {
        rules.merge(try InstrumentsFile.read(path: path)) { first, _ in first }
    }

    private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func isFolder(_ path: String) throws(FileFault) -> Bool {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw FileFault(file: path, errno == EACCES ? "no permission to read it" : "no such file or folder") }
        return facts.st_mode & S_IFMT == S_IFDIR
    }

    private static func names(in folder: String) throws(FileFault) -> [String] {
        guard let listing = opendir(folder) else { throw FileFault(file: folder, "cannot be listed") }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
