// How a text that people bring begins. Excel and Notepad write a byte order mark in front of UTF-8, or write UTF-16:
// the first is no part of the text, the second is named. Every kind of file is opened through here.

public enum TextOpening {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The bytes behind a byte order mark; all of them if there is none.
    public static func body<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    }

    /// What is wrong with a text that begins so, as the end of a sentence; nil if nothing speaks against UTF-8.
    public static func fault(_ bytes: some Collection<UInt8>) -> String? {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? "is UTF-16 text; save it as UTF-8" : nil
    }
}
