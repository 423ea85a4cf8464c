// Text for a file that somebody named: all of it, or a failure that says why.
import Glibc

package enum OutputFile {
    package static func write(_ text: String, to path: String) throws(Failure) {
        guard let file = fopen(path, "w") else { throw Failure(.cannotCreate, "\(path): \(String(cString: strerror(errno)))") }
        var text = text
        let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard fclose(file) == 0, written else { throw Failure(.io, "\(path): \(String(cString: strerror(errno)))") }
    }
}
