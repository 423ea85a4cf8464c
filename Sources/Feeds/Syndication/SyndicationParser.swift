// RSS 2.0, Atom and RSS 1.0 read into the same small entries. Only direct children of an item count,
// so that an image's or source's title is never taken for the item's.
import Kernel

/// One item as the feed wrote it, its fields still raw.
struct SyndicationEntry: Equatable {
    var title = ""
    var link = ""
    var identifier = ""
    /// Dates by the element they stood in; the first readable one of the order of `dateNames` counts.
    var dates: [String: String] = [:]

    static let dateNames = ["pubDate", "published", "dc:date", "updated", "date"]
    var date: Timestamp? { Self.dateNames.lazy.compactMap { dates[$0] }.compactMap(FeedDate.parse).first }
}

struct SyndicationDocument: Equatable {
    var entries: [SyndicationEntry] = []
    /// How long the channel wishes not to be asked again, in minutes (`ttl`).
    var minutesToLive: Int?
}

struct SyndicationParser {
    /// More items than any feed needs in an hour.
    static let maximumEntries = 200
    static let maximumField = 4_096

    enum Fault: Error, Equatable { case encoding, notAFeed, malformed(XMLFault) }

    private var scanner: XMLScanner
    private var path: [String] = []
    private var document = SyndicationDocument()
    private var entry: SyndicationEntry?
    private var entryDepth = 0
    private var field = ""

    /// Reads a whole document or refuses it: a feed cut off half way is no feed.
    static func parse(_ body: [UInt8]) throws(Fault) -> SyndicationDocument {
        guard let text = CharacterSets.decode(body) else { throw .encoding }
        let head = text.prefix(512).lowercased()
        if head.contains("<!doctype html") || head.contains("<html") { throw .notAFeed }
        var parser = SyndicationParser(scanner: XMLScanner(text))
        do { return try parser.run() } catch let fault as XMLFault { throw .malformed(fault) } catch { throw .notAFeed }
    }

    private init(scanner: XMLScanner) { self.scanner = scanner }

    private mutating func run() throws -> SyndicationDocument {
        while let event = try scanner.next() {
            switch event {
            case .start(let name, let attributes): try started(name, attributes)
            case .text(let text):
                if field.utf8.count < Self.maximumField { field += text.prefix(Self.maximumField) }
            case .end(let name): ended(name)
            }
        }
        return document
    }

    private mutating func started(_ name: String, _ attributes: [String: String]) throws {
        if path.isEmpty, !["rss", "feed", "rdf:RDF"].contains(name) { throw Fault.notAFeed }
        path.append(name)
        if entry == nil, name == "item" || name == "entry" {
            entry = SyndicationEntry()
            entry?.identifier = attributes["rdf:about"] ?? ""
            entryDepth = path.count
        } else if entry == nil || path.count == entryDepth + 1 {
            field = ""
        }
        if entry != nil, path.count == entryDepth + 1, name == "link", let address = attributes["href"],
            attributes["rel"] ?? "alternate" == "alternate"
        {
            entry?.link = address
        }
    }

    private mutating func ended(_ name: String) {
        defer { path.removeLast() }
        if let done = entry, path.count == entryDepth {
            if document.entries.count < Self.maximumEntries { document.entries.append(done) }
            entry = nil
        } else if entry != nil, path.count == entryDepth + 1 {
            keep(field, as: name)
        } else if entry == nil, name == "ttl", path == ["rss", "channel", "ttl"] {
            document.minutesToLive = Int(field.filter { !$0.isWhitespace })
        }
    }

    private mutating func keep(_ text: String, as name: String) {
        switch name {
        case "title": entry?.title = text
        case "link": if entry?.link.isEmpty == true { entry?.link = text }
        case "guid", "id": entry?.identifier = text
        case _ where SyndicationEntry.dateNames.contains(name): entry?.dates[name] = text
        default: break
        }
    }
}
