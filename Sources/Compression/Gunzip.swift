// A gzip stream unpacked piece by piece, also one of several members in a row, in fixed memory.
import CZlib

/// Not shared between threads.
public final class Gunzip {
    /// zlib keeps its stream's address, so it lives on the heap.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the data so far lack their end: true at the end of the input means the archive was cut off.
    public private(set) var isUnfinished = true

    /// nil if zlib has no memory.
    public init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 + 15: a gzip wrapper with the largest window.
        guard inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks from `input` (not empty, at most 4 GiB) into `output` until one of them is used up or a member ends.
    /// - Returns: bytes taken and bytes written; nil for damaged data.
    public func unpack(_ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer) -> (taken: Int, written: Int)? {
        if !isUnfinished {
            guard inflateReset(stream) == Z_OK else { return nil }
            isUnfinished = true
        }
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
        if status == Z_STREAM_END { isUnfinished = false }
        return (input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out))
    }
}
