// What the last report began with, for machines.
import Application
import Events
package import Kernel
import Messaging
import Trading

extension LastHour {
    package var json: JSONValue {
        .list(
            problems.map { problem in
                .fields([
                    ("key", .text(problem.what.key)), ("words", .text(problem.words)), ("since", .text(problem.since.iso8601)),
                    ("told", .text(cycle?.hour.iso8601))
                ])
            })
    }
}
