// One update of one file: look at its end, then append or write it anew.
import Foundation
import GRDB

struct CSVUpdate {
    enum Result {
        case appended(Int)
        case rewritten
        case failed(CSVFileError)
    }
    let table: CSVTable
    let path: String
    let db: Database

    /// Throws only what the journal throws.
    func run() throws -> Result {
        do {
            if let last = try lastEntry() {
                let sequences = try table.sequences(after: last, db)
                guard !sequences.isEmpty else { return .appended(0) }
                let file = try CSVFile(appendingTo: path)
                return .appended(try write(sequences, to: file))
            }
            let file = try CSVFile(replacing: path)
            try file.add(table.headerLine)
            _ = try write(try table.sequences(after: 0, db), to: file)
            try file.putInPlace()
            return .rewritten
        } catch let error as CSVFileError {
            return .failed(error)
        }
    }

    private func write(_ sequences: [Int64], to file: CSVFile) throws -> Int {
        for sequence in sequences {
            guard let line = try table.line(sequence, db) else { continue }
            try file.add(try table.text(of: line, db))
        }
        try file.flush()
        return file.written
    }

    /// The number of the last entry in the file, 0 if it has none yet; nil if the file does not end as the journal says.
    private func lastEntry() throws -> Int64? {
        guard let end = CSVFileEnd(path: path), end.begins(with: table.headerLine) else { return nil }
        if end.size == table.headerLine.count { return 0 }
        guard let sequence = end.lastNumber, let line = try table.line(sequence, db) else { return nil }
        let text = try table.text(of: line, db)
        // All rows of that entry, right after the end of another line.
        return !text.isEmpty && end.ends(with: [UInt8(ascii: "\n")] + text) ? sequence : nil
    }
}
