// Spans of a demo in which nobody is at work, so that tests can prove what a late hour and a caught-up one leave behind:
// CARILLON_ABSENCES=2026-01-05T02:30:00Z/2026-01-05T04:07:00Z, several with commas between. Behind the package trait
// `Drills`: a release knows none.
import Kernel

enum Absences {
    /// Empty if the variable is not set.
    static func read(_ environment: (String) -> String?) throws(Failure) -> [Range<Timestamp>] {
        #if Drills
            guard let text = environment("CARILLON_ABSENCES") else { return [] }
            var spans: [Range<Timestamp>] = []
            for span in text.split(separator: ",") {
                let ends = span.split(separator: "/").compactMap { Timestamp(iso8601: String($0)) }
                guard ends.count == 2, ends[0] < ends[1] else {
                    throw Failure(.usage, "CARILLON_ABSENCES is not spans such as 2026-01-05T02:30:00Z/2026-01-05T04:07:00Z")
                }
                spans.append(ends[0]..<ends[1])
            }
            return spans
        #else
            return []
        #endif
    }
}
