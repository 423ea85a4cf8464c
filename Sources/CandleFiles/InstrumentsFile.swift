// `instruments.yaml` beside candle files: a venue's tick, lot and smallest order for each pair, if
// the person knows them. A strict reader of the small part of YAML such a file needs; what it does
// not understand is refused with its line, never skipped, because a wrong tick is a wrong price.
import Glibc
import Kernel
package import Market

package enum InstrumentsFile {
    package static let fileName = "instruments.yaml"
    private static let keys = ["tickSize", "lotStep", "minNotional"]

    /// Nobody has a longer file.
    private static let longest = 1 << 20

    /// The rules that stand beside a candle file; none if no such file does.
    package static func beside(_ path: String) throws(FileFault) -> [Symbol: Instrument] {
        let place = String(path.dropLast(path.split(separator: "/").last?.count ?? path.count)) + fileName
        return access(place, F_OK) == 0 ? try read(path: place) : [:]
    }

    static func read(path: String) throws(FileFault) -> [Symbol: Instrument] {
        let stream = try ByteStream(path: path, file: fileName, isCompressed: false)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        while true {
            let count = try stream.read(into: buffer)
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= longest else { throw FileFault(file: fileName, "longer than 1 MiB") }
        }
        if let reason = TextOpening.fault(bytes) { throw FileFault(file: fileName, reason) }
        guard let text = String(validating: TextOpening.body(bytes), as: UTF8.self) else { throw FileFault(file: fileName, "not UTF-8") }
        return try read(text)
    }

    /// Reads blocks such as
    /// ```
    /// BTC/USDT:
    ///   tickSize: 0.01
    ///   lotStep: 0.00001
    ///   minNotional: 5
    /// ```
    /// or `BTC/USDT: {tickSize: 0.01, lotStep: 0.00001, minNotional: 5}`. All three are required.
    static func read(_ text: String, file: String = fileName) throws(FileFault) -> [Symbol: Instrument] {
        var result: [Symbol: Instrument] = [:]
        var open: (symbol: Symbol, line: Int, values: [String: FixedDecimal])?
        func close() throws(FileFault) {
            guard let block = open else { return }
            open = nil
            for key in keys where block.values[key] == nil { throw FileFault(file: file, line: block.line, "\(block.symbol) has no \(key)") }
            guard let tick = block.values["tickSize"], let lot = block.values["lotStep"], let least = block.values["minNotional"],
                let instrument = Instrument(symbol: block.symbol, tickSize: tick, lotStep: lot, minNotional: least)
            else { throw FileFault(file: file, line: block.line, "\(block.symbol): tickSize and lotStep must be above zero, minNotional not below") }
            guard result.updateValue(instrument, forKey: block.symbol) == nil else {
                throw FileFault(file: file, line: block.line, "\(block.symbol) twice")
            }
        }
        func take(_ key: String, _ value: String, _ line: Int) throws(FileFault) {
            guard keys.contains(key) else { throw FileFault(file: file, line: line, "unknown key; known are \(keys.joined(separator: ", "))") }
            guard let number = FixedDecimal(value) else { throw FileFault(file: file, line: line, "\(key) is not an exact number") }
            guard open?.values.updateValue(number, forKey: key) == nil else { throw FileFault(file: file, line: line, "\(key) twice") }
        }
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = index + 1
            let content = trimmed(raw.prefix { $0 != "#" })
            if content.isEmpty || content == "---" { continue }
            guard let colon = content.firstIndex(of: ":") else { throw FileFault(file: file, line: line, "not `key: value`") }
            let key = unquoted(trimmed(content[..<colon])), value = trimmed(content[content.index(after: colon)...])
            if raw.first == " " {
                guard open != nil else { throw FileFault(file: file, line: line, "a value before any pair") }
                try take(key, unquoted(value), line)
                continue
            }
            try close()
            guard let symbol = Symbol(key) else { throw FileFault(file: file, line: line, "not a pair such as BTC/USDT") }
            open = (symbol, line, [:])
            if value.isEmpty { continue }
            for (key, value) in try flow(value, file, line) { try take(key, value, line) }
            try close()
        }
        try close()
        return result
    }

    /// The pairs of `{a: 1, b: 2}`.
    private static func flow(_ text: String, _ file: String, _ line: Int) throws(FileFault) -> [(String, String)] {
        guard text.hasPrefix("{"), text.hasSuffix("}") else { throw FileFault(file: file, line: line, "not {key: value, …}") }
        var pairs: [(String, String)] = []
        for part in text.dropFirst().dropLast().split(separator: ",") {
            let sides = part.split(separator: ":", omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw FileFault(file: file, line: line, "not {key: value, …}") }
            pairs.append((unquoted(trimmed(sides[0])), unquoted(trimmed(sides[1]))))
        }
        return pairs
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    private static func trimmed(_ text: String) -> String { trimmed(text[...]) }

    private static func unquoted(_ text: String) -> String {
        for mark in ["\"", "'"] where text.count >= 2 && text.hasPrefix(mark) && text.hasSuffix(mark) { return String(text.dropFirst().dropLast()) }
        return text
    }
}
