// ZIP archives byte by byte, sound ones and every way one can be wrong.
import CZlib

struct ZipMaker {
    var name = "BTCUSDT-1m-2024-01.csv"
    var content: [UInt8]
    var deflates = true
    /// What the archive says, where that is not the truth.
    var size: Int?, checksum: UInt32?, method: Int?, flags = 0, localName: String?
    var entries = 1, comment = ""

    init(_ text: String) { content = Array(text.utf8) }

    var bytes: [UInt8] {
        let packed = deflates ? Self.deflated(content) : content
        let crc = checksum ?? UInt32(truncatingIfNeeded: crc32(0, content, uInt(content.count)))
        let way = method ?? (deflates ? 8 : 0), length = size ?? content.count
        func shared(_ name: String) -> [UInt8] {
            [20, 0] + little(flags, 2) + little(way, 2) + [0, 0, 0, 0] + little(Int(crc), 4) + little(packed.count, 4) + little(length, 4)
                + little(name.utf8.count, 2) + [0, 0]
        }
        let local = little(0x0403_4B50, 4) + shared(localName ?? name) + Array((localName ?? name).utf8) + packed
        let directory =
            little(0x0201_4B50, 4) + [20, 0] + shared(name) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(0, 4)
            + Array(name.utf8)
        let end =
            little(0x0605_4B50, 4) + [0, 0, 0, 0] + little(entries, 2) + little(entries, 2) + little(directory.count, 4) + little(local.count, 4)
            + little(comment.utf8.count, 2) + Array(comment.utf8)
        return local + directory + end
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes, output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
        let count = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(target.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<count])
    }
}
