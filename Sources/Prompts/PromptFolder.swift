// Reading the prompts folder: names in order, sizes checked before a byte is read, errors as problems.
import Kernel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum PromptFolder {
    /// The prompt files, sorted; README.md is not one. Empty if there is no such folder.
    static func files(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".md"), name.count > 3, !name.hasPrefix("."), name != "README.md" { names.append(name) }
        }
        return names.sorted()
    }

    static func exists(_ folder: String, _ file: String) -> Bool { access(folder + "/" + file, F_OK) == 0 }

    /// The file's text; a problem if it is no regular file, too large, unreadable or not UTF-8.
    static func read(_ folder: String, _ file: String, limit: Int) -> Result<String, PromptProblem> {
        func problem(_ message: String) -> Result<String, PromptProblem> { .failure(PromptProblem(file: file, message)) }
        let descriptor = open(folder + "/" + file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return problem("the file cannot be read") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return problem("this is not a file") }
        guard status.st_size <= limit else { return problem("the file is larger than \(limit / 1024) KB") }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var length = 0
        while length < bytes.count {
            let got = bytes.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length) }
            guard got >= 0 else { return problem("the file cannot be read") }
            if got == 0 { break }
            length += got
        }
        guard length <= limit else { return problem("the file is larger than \(limit / 1024) KB") }
        if let reason = TextOpening.fault(bytes[..<length]) { return problem("the file \(reason)") }
        guard !bytes[..<length].contains(0), let text = String(validating: TextOpening.body(bytes[..<length]), as: UTF8.self) else {
            return problem("the file is not UTF-8 text")
        }
        return .success(text)
    }
}

private func readBytes(_ descriptor: Int32, _ to: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(descriptor, to, count) }
