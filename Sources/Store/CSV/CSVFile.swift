// The few file operations of the CSV records: append, or write beside and rename. Links are never
// followed, and anything but an ordinary file is replaced and not opened.
import Glibc

/// Why a file cannot be written, in the system's words.
struct CSVFileError: Error, Hashable, CustomStringConvertible {
    let description: String
    static var last: CSVFileError { CSVFileError(description: String(cString: strerror(errno))) }
}

final class CSVFile {
    private let descriptor: Int32
    private let path: String
    private var temporary: String?
    private var buffer: [UInt8] = []
    private(set) var written = 0

    init(appendingTo path: String) throws(CSVFileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
    }

    /// A new file beside `path`, for `putInPlace`.
    init(replacing path: String) throws(CSVFileError) {
        self.path = path
        let name = path + ".new"
        unlink(name)
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .last }
        temporary = name
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let temporary { unlink(temporary) }
    }

    func add(_ bytes: [UInt8]) throws(CSVFileError) {
        buffer += bytes
        if buffer.count >= 65_536 { try flush() }
    }

    func flush() throws(CSVFileError) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            rest = rest.dropFirst(count)
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Until this has happened the old file is there; afterwards the new one is, whole.
    func putInPlace() throws(CSVFileError) {
        try flush()
        guard let temporary, fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .last }
        self.temporary = nil
    }
}

/// A look at the first and last bytes of an ordinary file; nil if there is none.
final class CSVFileEnd {
    private let descriptor: Int32
    let size: Int

    init?(path: String) {
        let opened = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            return nil
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func begins(with bytes: [UInt8]) -> Bool { read(bytes.count, at: 0) == bytes }
    func ends(with bytes: [UInt8]) -> Bool { read(bytes.count, at: size - bytes.count) == bytes }

    /// The number in the last cell if the file ends with a whole row: `,"123"` and the line's end.
    var lastNumber: Int64? {
        let count = min(size, 32)
        guard let tail = read(count, at: size - count), tail.suffix(3).elementsEqual("\"\r\n".utf8) else { return nil }
        let cell = tail.dropLast(3)
        guard let quote = cell.lastIndex(of: UInt8(ascii: "\"")), quote > cell.startIndex, cell[quote - 1] == UInt8(ascii: ",") else { return nil }
        return Int64(String(decoding: cell[(quote + 1)...], as: UTF8.self))
    }

    /// nil if the file does not have so many bytes there.
    private func read(_ count: Int, at offset: Int) -> [UInt8]? {
        guard count >= 0, offset >= 0, offset + count <= size else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
        return got == count ? bytes : nil
    }
}
