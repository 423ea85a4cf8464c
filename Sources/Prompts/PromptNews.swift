// Headlines as a prompt shows them: the newest few, oldest first, each text cleaned and cut. A headline
// whose text speaks to the model or hides its letters keeps its place and its flags, but not its words.
public import Analysis
public import Kernel

public struct PromptNews: Hashable, Sendable {
    public static let maximumItems = 20
    public static let titleLimit = 200
    public static let sourceLimit = 120
    public static let linkLimit = 200
    /// Shown in place of a text that is withheld.
    public static let withheld = "(withheld)"

    public let published: Timestamp
    public let ageMinutes: Int
    public let title: String
    public let source: String
    public let link: String
    public let flags: [TextFlag]

    /// One headline at the time of a cycle.
    public init(_ headline: NewsHeadline, at now: Timestamp) {
        let parts = [
            CleanText(headline.title, limit: Self.titleLimit), CleanText(headline.source, limit: Self.sourceLimit),
            CleanText(headline.link, limit: Self.linkLimit)
        ]
        let texts = parts.map { $0.flags.contains(where: \.withholds) ? Self.withheld : $0.text }
        (title, source, link) = (texts[0], texts[1], texts[2])
        published = headline.publishedAt
        let age = now.milliseconds.subtractingReportingOverflow(headline.publishedAt.milliseconds)
        ageMinutes = age.overflow ? 0 : Int(age.partialValue / 60_000)
        flags = Set(parts.flatMap(\.flags)).sorted()
    }

    /// The newest of many, oldest first; ties keep the order of their ids.
    public static func latest(_ headlines: [NewsHeadline], at now: Timestamp) -> [PromptNews] {
        headlines.sorted { ($0.publishedAt, $0.id) < ($1.publishedAt, $1.id) }.suffix(maximumItems).map { PromptNews($0, at: now) }
    }

    var json: JSONValue {
        .fields([
            ("published", .text(Self.time(published))), ("ageMinutes", .number(String(ageMinutes))), ("title", .text(title)),
            ("source", .text(source)), ("link", .text(link)), ("flags", .list(flags.map { .text($0.rawValue) }))
        ])
    }

    /// ISO 8601; empty if the year is before 1970 or after 9999.
    private static func time(_ moment: Timestamp) -> String {
        (0..<253_402_300_800_000).contains(moment.milliseconds) ? moment.iso8601 : ""
    }
}
