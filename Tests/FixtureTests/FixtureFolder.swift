// Where the recorded exchanges are: the folder CARILLON_FIXTURES names, else the reference folder beside the
// repository. Its files are named after venues.
import Glibc
import Kernel
import StrictJSON

enum FixtureFolder {
    static let path: String = variable("CARILLON_FIXTURES") ?? reference

    /// The reference folder's own: instruments are looked up there where the named folder lists none.
    static let reference: String = {
        let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return (variable("CARILLON_SHARED") ?? repository + "/../shared") + "/wire/fixtures"
    }()

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The venues that have a file, by name.
    static let venues: [String] = {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            if name.hasSuffix(".json") { names.append(String(name.dropLast(5))) }
        }
        return names.sorted()
    }()

    static let isThere = !venues.isEmpty
    static let missing: String = "there are no fixtures in \(path)"

    /// Every recorded exchange of one venue.
    static func fixtures(of venue: String) -> [Fixture] { fixtures(of: venue, in: path) }

    static func fixtures(of venue: String, in folder: String) -> [Fixture] {
        guard let file = fopen("\(folder)/\(venue).json", "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        let rows = (try? JSONValue(parsing: bytes, limits: JSONLimits(bytes: 64 << 20, depth: 64)).node.array) ?? []
        return rows.compactMap { Fixture($0, venue: venue) }
    }
}
