// A month's file as it is mapped: its head checked in full, its blocks when they are read. A head that is not
// to the last bit what was written gives nothing at all.
import CandleFiles
import Kernel
import Market

/// Where a month's candles belong.
struct MonthKey: Hashable, Sendable {
    let symbol: Symbol
    let timeframe: Timeframe
    let month: Month

    /// Inside the store.
    var file: String { "\(symbol.base)-\(symbol.quote)/\(timeframe.rawValue)/\(month).candles" }
}

struct MonthFile: Sendable {
    let key: MonthKey
    let blocks: [BlockEntry]
    let rowCount: Int
    let pricePlaces: Int, volumePlaces: Int
    let map: MappedFile
    var size: Int { map.bytes.count }

    /// Maps the file and checks its head. nil if there is none.
    init?(_ key: MonthKey, in folder: String) throws(CandleStoreError) {
        let path = folder + "/" + key.file
        do throws(MappedFile.Fault) { map = try MappedFile(path, limit: MonthFormat.largestFile) } catch {
            if case .absent = error { return nil }
            throw Self.fault(error, key, path)
        }
        self.key = key
        let head = try Self.checked(map.bytes, size: map.bytes.count, key)
        (blocks, rowCount, pricePlaces, volumePlaces) = (head.blocks, head.rowCount, head.pricePlaces, head.volumePlaces)
    }

    /// Reads the head alone; nil if there is no such file.
    static func head(_ key: MonthKey, in folder: String) throws(CandleStoreError) -> MonthHead? {
        let path = folder + "/" + key.file, read: (bytes: [UInt8], size: Int)
        do throws(MappedFile.Fault) {
            read = try MappedFile.beginning(path, MonthFormat.largestHead(key.month.slots(key.timeframe)), limit: MonthFormat.largestFile)
        } catch {
            if case .absent = error { return nil }
            throw fault(error, key, path)
        }
        return try read.bytes.withUnsafeBytes { bytes in Result { () throws(CandleStoreError) in try checked(bytes, size: read.size, key) } }.get()
    }

    private static func checked(_ bytes: UnsafeRawBufferPointer, size: Int, _ key: MonthKey) throws(CandleStoreError) -> MonthHead {
        do throws(HeadFault) { return try MonthHead(bytes, size: size, of: key) } catch {
            switch error {
            case .newer(let version): throw .newer(file: key.file, version: version)
            case .damaged(let reason): throw .damaged([lost(key, reason)])
            }
        }
    }

    private static func fault(_ fault: MappedFile.Fault, _ key: MonthKey, _ path: String) -> CandleStoreError {
        switch fault {
        case .absent: .damaged([lost(key, "it has gone")])
        case .noPermission: .noPermission(path, reason: "no permission to read it")
        case .unreadable(let reason): .damaged([lost(key, reason)])
        }
    }

    /// Damage to all of a month.
    static func lost(_ key: MonthKey, _ reason: String) -> StoreDamage {
        StoreDamage(file: key.file, block: nil, from: key.month.start, to: key.month.end, reason: reason)
    }

    func openTime(_ slot: Int) -> Timestamp { key.month.start + key.timeframe.duration * slot }
    var firstOpen: Timestamp { openTime(blocks[0].firstSlot) }
    var lastClose: Timestamp { openTime(blocks[blocks.count - 1].lastSlot + 1) }

    func damage(_ block: Int, _ reason: String) -> StoreDamage {
        StoreDamage(file: key.file, block: block, from: openTime(blocks[block].firstSlot), to: openTime(blocks[block].lastSlot + 1), reason: reason)
    }

    /// A column's bytes.
    func column(_ number: Int, of block: BlockEntry) -> UnsafeRawPointer? {
        map.bytes.baseAddress.map { $0 + block.offset + block.columnOffset(number) }
    }

    /// Whether a block's bytes are those that were written.
    func isSound(_ block: BlockEntry) -> Bool {
        XXHash64.hash(UnsafeRawBufferPointer(rebasing: map.bytes[block.offset..<(block.offset + block.size)])) == block.checksum
    }
}

enum HeadFault: Error {
    case newer(Int)
    case damaged(String)
}

/// The head of a file, every field of it held against the others.
struct MonthHead {
    private(set) var blocks: [BlockEntry] = []
    let rowCount: Int, pricePlaces: Int, volumePlaces: Int
    /// The least n for which no price is above 10^n; nil if the file does not tell.
    let magnitude: Int?

    /// - Parameters:
    ///   - bytes: the head and anything behind it.
    ///   - size: of the whole file.
    init(_ bytes: UnsafeRawBufferPointer, size: Int, of key: MonthKey) throws(HeadFault) {
        guard bytes.count >= MonthFormat.headerSize, bytes[..<8].elementsEqual(MonthFormat.magic) else {
            throw .damaged("not a file of candles, or cut off")
        }
        let version = Int(bytes.little(UInt32.self, 8)), count = Int(bytes.little(UInt32.self, 68))
        let end = MonthFormat.headerSize + MonthFormat.entrySize * count
        guard count > 0, count <= MonthFormat.largestFile / MonthFormat.entrySize, end + 8 <= bytes.count,
            bytes.little(UInt64.self, end) == XXHash64.hash(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        else {
            // A later version may have another head; its number is all that can be believed.
            if version > MonthFormat.version, version < 1_000 { throw .newer(version) }
            throw .damaged("the checksum of its head is wrong")
        }
        guard version == MonthFormat.version else { throw version > MonthFormat.version ? .newer(version) : .damaged("of no version there ever was") }
        try Self.checkPlace(bytes, of: key)
        rowCount = Int(bytes.little(UInt32.self, 64))
        pricePlaces = Int(bytes[80])
        volumePlaces = Int(bytes[81])
        guard pricePlaces <= FixedDecimal.places, volumePlaces <= FixedDecimal.places else { throw .damaged("more places than a number has") }
        magnitude = bytes[82] == 0 ? nil : Int(bytes[82]) - MonthFormat.magnitudeBase
        guard bytes.little(UInt64.self, 72) == UInt64(size) else { throw .damaged("cut off or too long") }
        for number in 0..<count { blocks.append(BlockEntry(bytes, at: MonthFormat.headerSize + MonthFormat.entrySize * number)) }
        try checkBlocks(from: end + 8, to: size, slots: key.month.slots(key.timeframe))
    }

    /// A file that was moved to another's place is no less wrong than a damaged one.
    private static func checkPlace(_ bytes: UnsafeRawBufferPointer, of key: MonthKey) throws(HeadFault) {
        let pair = String(decoding: bytes[24..<64].prefix { $0 != 0 }, as: UTF8.self)
        guard pair == key.symbol.description, Int64(bytes.little(UInt32.self, 12)) * 1_000 == key.timeframe.duration.milliseconds,
            bytes.little(Int64.self, 16) == key.month.start.milliseconds
        else {
            throw .damaged("it holds other candles than its name says")
        }
    }

    private func checkBlocks(from start: Int, to end: Int, slots: Int) throws(HeadFault) {
        var at = start, slot = -1, rows = 0
        for block in blocks {
            let span = block.lastSlot - block.firstSlot + 1
            guard block.offset == at, block.count > 0, block.count <= MonthFormat.blockRows, block.firstSlot > slot, span >= block.count,
                block.lastSlot < slots,
                block.widths.allSatisfy({ [0, 1, 2, 4, 8].contains($0) }), block.widths[0] == (span == block.count ? 0 : 2)
            else {
                throw .damaged("its table of blocks contradicts itself")
            }
            at += block.size
            slot = block.lastSlot
            rows += block.count
        }
        guard at == end, rows == rowCount else { throw .damaged("its table of blocks contradicts itself") }
    }
}
