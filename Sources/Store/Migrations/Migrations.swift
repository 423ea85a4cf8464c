// The database's shape, one migration a file, applied in order and each in one transaction. A database
// with a migration this program does not know is from the future and is refused.
import GRDB

enum Migrations {
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001-journal", migrate: Migration001Journal.run)
        migrator.registerMigration("002-trials", migrate: Migration002Trials.run)
        migrator.registerMigration("003-book", migrate: Migration003Book.run)
        migrator.registerMigration("004-readings", migrate: Migration004Readings.run)
        return migrator
    }
}
