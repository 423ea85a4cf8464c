// A deflate stream without any wrapper, as ZIP files hold it, unpacked piece by piece in fixed memory.
import CZlib

/// Not shared between threads.
public final class RawInflate {
    /// zlib keeps its stream's address, so it lives on the heap.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the stream has reached its own end.
    public private(set) var isFinished = false

    /// nil if zlib has no memory.
    public init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: no header and no check value; the archive has its own.
        guard inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks from `input` (at most 4 GiB) into `output` until one of them is used up or the stream ends.
    /// - Returns: bytes taken and bytes written; nil for damaged data.
    public func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (taken: Int, written: Int)? {
        guard !isFinished else { return (0, 0) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
        isFinished = status == Z_STREAM_END
        return (input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out))
    }
}

public enum CRC32 {
    /// The check value of `bytes` (at most 4 GiB) behind those that gave `value`; 0 begins.
    public static func extend(_ value: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32(uLong(value), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), uInt(bytes.count)))
    }
}
