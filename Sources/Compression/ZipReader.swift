// Bytes of an archive's entry, unpacked while they are read. The end is only reached if size and check
// value are the announced ones; an archive that unpacks to more is stopped at the first byte too many.

/// Not shared between threads.
public final class ZipReader {
    private let bytes: [UInt8]
    private let entry: ZipEntry
    private let inflate: RawInflate?
    private var at: Int
    private var written = 0
    private var checksum: UInt32 = 0

    /// - Parameter bytes: the archive that `entry` was read of.
    public init(_ entry: ZipEntry, of bytes: [UInt8]) throws(ZipFault) {
        self.entry = entry
        self.bytes = bytes
        at = entry.packed.lowerBound
        inflate = entry.isDeflated ? RawInflate() : nil
        if entry.isDeflated, inflate == nil { throw ZipFault("no memory to unpack it") }
    }

    /// Fills `buffer` (not empty) from its start; 0 at the end, which is a sound one.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipFault) -> Int {
        let count = if let inflate { try unpack(inflate, into: buffer) } else { copy(into: buffer) }
        written += count
        guard written <= entry.size else { throw ZipFault("more bytes than it announces") }
        checksum = CRC32.extend(checksum, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if count == 0 { try checkEnd() }
        return count
    }

    private func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, entry.packed.upperBound - at)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[at..<(at + count)])) }
        at += count
        return count
    }

    private func unpack(_ inflate: RawInflate, into buffer: UnsafeMutableRawBufferPointer) throws(ZipFault) -> Int {
        let step = bytes.withUnsafeBytes { inflate.unpack(UnsafeRawBufferPointer(rebasing: $0[at..<entry.packed.upperBound]), into: buffer) }
        guard let step else { throw ZipFault("damaged packed data") }
        at += step.taken
        guard step.written > 0 || inflate.isFinished else { throw ZipFault("cut off: the packed data have no end") }
        return step.written
    }

    private func checkEnd() throws(ZipFault) {
        guard at == entry.packed.upperBound else { throw ZipFault("packed data behind their end") }
        guard written == entry.size else { throw ZipFault("fewer bytes than it announces") }
        guard checksum == entry.checksum else { throw ZipFault("the check value is wrong: damaged") }
    }
}
