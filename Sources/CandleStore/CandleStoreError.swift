// Everything that can be wrong with a store, each with its file, its place and what to do. One enum, so that
// a command gives each case its exit code.
public import CandleFiles
public import Kernel
public import Market

/// A part of a store's file that is not what was written.
public struct StoreDamage: Error, Hashable, Sendable, CustomStringConvertible {
    /// Inside the store: `BTC-USDT/1m/2024-01.candles`.
    public let file: String
    /// Counted from 0; nil if the file's head is damaged and all of it is lost.
    public let block: Int?
    /// What the lost candles cover, the end not included.
    public let from: Timestamp, to: Timestamp
    public let reason: String

    public var description: String {
        "\(file)\(block.map { " block \($0)" } ?? ""), \(from) to \(to): \(reason)"
    }
}

public enum CandleStoreError: Error, Hashable, Sendable {
    /// There is no store in this folder yet.
    case noStore(String)
    /// A folder with something else in it.
    case notAStore(String)
    case noCandles(Symbol, folder: String)
    /// Another program writes to this store.
    case busy(String)
    case noPermission(String, reason: String)
    case diskFull(String)
    case device(String, reason: String)
    /// Nothing of these spans is given out before they are repaired.
    case damaged([StoreDamage])
    /// Written by a later version.
    case newer(file: String, version: Int)
    /// Numbers that cannot be kept exactly beside each other.
    case digits(Symbol, Month)
    /// A candle outside its month or twice: a mistake of the source.
    case disorder(Symbol, at: Timestamp)
    /// A file to import or to read candles from.
    case file(FileFault)
}

extension CandleStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noStore(let folder): "no candles in \(folder) yet; carillon candles import or backfill puts some there, --store names another folder"
        case .notAStore(let folder): "\(folder) holds something else than candles; name an empty folder with --store"
        case .noCandles(let symbol, let folder): "no candles of \(symbol) in \(folder); see: carillon candles list"
        case .busy(let folder): "another carillon candles is writing to \(folder); try again when it is done"
        case .noPermission(let path, let reason): "\(path): \(reason); name another folder with --store or run as its owner"
        case .diskFull(let path): "the disk is full at \(path); what was committed before is whole, free some space and run it again"
        case .device(let path, let reason): "\(path): \(reason); what was committed before is whole, check the disk"
        case .damaged(let all): Self.words(all)
        case .newer(let file, let version): "\(file) is of format \(version), newer than this program reads"
        case .digits(let symbol, let month): "\(symbol) \(month): numbers too large and too fine to be kept exactly in one month"
        case .disorder(let symbol, let time): "\(symbol): a candle at \(time) is off the grid, outside its month or not after the one before"
        case .file(let fault): fault.description
        }
    }

    private static func words(_ all: [StoreDamage]) -> String {
        let more = all.count > 1 ? " and \(all.count - 1) more" : ""
        return "damaged: \(all.first.map(\.description) ?? "")\(more); carillon candles repair fetches or imports it anew"
    }
}
