// The bytes of a file, unpacked while they are read: memory stays at two small buffers however long
// the file is. A cut or damaged archive is a fault, never a shorter file.
import Compression

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the bytes of a candle file come from, whatever it is packed in.
package protocol ByteSource: AnyObject {
    /// Fills `buffer` from its start; 0 at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int
}

/// Reads a regular file, plain or gzip (also several members in a row). Not shared between threads.
package final class ByteStream: ByteSource {
    /// No candle file is longer than this, unpacked: what is, is an archive bomb or a mistake.
    package static let maximumBytes = 2 << 30
    private static let chunk = 64 << 10

    private let file: String
    private let descriptor: Int32
    /// nil for a plain file.
    private let gunzip: Gunzip?
    private var input = [UInt8](repeating: 0, count: ByteStream.chunk)
    /// The part of `input` not yet unpacked.
    private var pending = 0..<0
    private var atEnd = false
    private var delivered = 0

    /// - Parameter file: the name to use in faults.
    package init(path: String, file: String, isCompressed: Bool) throws(FileFault) {
        self.file = file
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFault(file: file, errno == EACCES ? "no permission to read it" : "cannot be opened") }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileFault(file: file, "not a regular file")
        }
        gunzip = isCompressed ? Gunzip() : nil
        if isCompressed, gunzip == nil { throw FileFault(file: file, "no memory to unpack it") }
    }

    deinit { close(descriptor) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        let count = if let gunzip { try unpack(gunzip, into: buffer) } else { try readPlain(into: buffer) }
        delivered += count
        guard delivered <= Self.maximumBytes else { throw FileFault(file: file, "longer than \(Self.maximumBytes >> 20) MiB") }
        return count
    }

    private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
                let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileFault(file: file, "cannot be read") }
        }
    }

    private func refill() throws(FileFault) {
        var count = 0
        var fault: FileFault?
        input.withUnsafeMutableBytes { bytes in
            do throws(FileFault) { count = try readPlain(into: bytes) } catch { fault = error }
        }
        if let fault { throw fault }
        pending = 0..<count
        atEnd = count == 0
    }

    private func unpack(_ gunzip: Gunzip, into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        while true {
            if pending.isEmpty, !atEnd { try refill() }
            if pending.isEmpty {
                guard !gunzip.isUnfinished else { throw FileFault(file: file, "cut off: the gzip data have no end") }
                return 0
            }
            let step = input.withUnsafeMutableBufferPointer { gunzip.unpack(UnsafeMutableBufferPointer(rebasing: $0[pending]), into: buffer) }
            guard let step else { throw FileFault(file: file, "damaged gzip data") }
            pending = (pending.lowerBound + step.taken)..<pending.upperBound
            if step.written > 0 { return step.written }
        }
    }
}
