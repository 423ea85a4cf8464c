// Columns of rows as they can be: what is stored may have been changed, so a column may be gone or hold another type.
import GRDB
import Kernel

/// A column that is not what this program wrote.
struct UnreadableColumn: Error, CustomStringConvertible {
    let column: String
    var description: String {
        "a row's \(column) cannot be read: carillon journal verify says where, carillon journal rebuild remakes what entries tell"
    }
}

extension Row {
    /// - Throws: `UnreadableColumn` if there is no such column, or nothing of this type in it.
    func read<Value: DatabaseValueConvertible>(_ column: String) throws(UnreadableColumn) -> Value {
        guard hasColumn(column) else { throw UnreadableColumn(column: column) }
        do { return try decode(Value.self, forColumn: column) } catch { throw UnreadableColumn(column: column) }
    }

    /// A moment that can be reckoned with.
    func time(_ column: String) throws(UnreadableColumn) -> Timestamp {
        let milliseconds: Int64 = try read(column)
        guard AuditRows.isTime(milliseconds) else { throw UnreadableColumn(column: column) }
        return Timestamp(milliseconds: milliseconds)
    }
}
