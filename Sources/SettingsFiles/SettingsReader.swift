// From the bytes of the two files to settings or the whole list of what is wrong with them. Pure: the
// loader brings the bytes.
import Settings
import Trading

struct SettingsReader {
    private(set) var settings = CarillonSettings.default
    /// What kept the file from being parsed, with the file's name.
    private var unreadable: [ConfigurationProblem] = []
    private var readings: [FileReading] = []

    /// Reads `carillon.yaml`.
    mutating func readMain(_ bytes: [UInt8], file: String) {
        read(bytes, FileReading(file: file), FieldTable.main)
    }

    /// Reads the file that `risk` names, after the main file.
    mutating func readRisk(_ bytes: [UInt8], file: String) {
        read(bytes, FileReading(file: file, root: "risk"), [FieldTable.risk])
    }

    /// The place where the main file names its risk file; nil if it does not.
    var riskPathPosition: Position? { readings.first?.position(of: "risk") }

    /// Where a setting stands in the main file, or else the nearest group around it.
    func mainPosition(of key: String) -> Position? { readings.first?.position(of: key) }

    mutating func refuse(_ file: String, _ position: Position?, _ message: String) {
        unreadable.append(ConfigurationProblem(file, position, message))
    }

    /// The settings, if nothing at all is wrong with them.
    func result() -> Result<CarillonSettings, ConfigurationError> {
        var problems: [ConfigurationProblem] = []
        for reading in readings {
            problems += reading.issues.map { ConfigurationProblem(reading.file, $0.position, $0.message) }
        }
        // A file that could not be read leaves defaults behind: they are not what the person wrote, so no
        // rule is held against them.
        if unreadable.isEmpty { problems += ruleProblems() }
        let order = readings.map(\.file)
        let located = problems.sorted { a, b in
            (order.firstIndex(of: a.file) ?? 0, a.line ?? 0, a.column ?? 0) < (order.firstIndex(of: b.file) ?? 0, b.line ?? 0, b.column ?? 0)
        }
        let all = unreadable + located
        return all.isEmpty ? .success(settings) : .failure(ConfigurationError(all))
    }

    /// Values that can be read but are not allowed, each at its place.
    private func ruleProblems() -> [ConfigurationProblem] {
        settings.problems().compactMap { problem in
            // The risk file's settings are named `risk.…`; the main file's `risk` is a path.
            let isRisk = problem.key.hasPrefix("risk.")
            guard let reading = readings.last(where: { ($0.root == "risk") == isRisk }) ?? readings.first else { return nil }
            if reading.failed(problem.key) { return nil }
            return ConfigurationProblem(reading.file, reading.position(of: problem.key), "\(reading.shown(problem.key)): \(problem.message)")
        }
    }

    private mutating func read(_ bytes: [UInt8], _ start: FileReading, _ sections: [Section]) {
        let guarded = YAMLGuard.check(bytes)
        for problem in guarded.problems { refuse(start.file, problem.position, problem.message) }
        guard let text = guarded.text else { return }
        var reading = start
        do {
            read(try YAMLReader.read(text), &reading, sections)
        } catch {
            refuse(start.file, error.position, error.message)
        }
        readings.append(reading)
    }

    private mutating func read(_ root: Entry, _ reading: inout FileReading, _ sections: [Section]) {
        // In the risk file its one section is the file itself.
        let flat = sections.filter { $0.name == reading.root }
        let grouped = sections.filter { $0.name != reading.root }
        let names = grouped.map(\.name) + flat.flatMap { $0.fields.map(\.name) }
        guard let found = reading.map(root, reading.root, known: names) else { return }
        for section in grouped {
            guard let entry = found[section.name] else { continue }
            guard let values = reading.map(entry, section.name, known: section.fields.map(\.name)) else { continue }
            apply(section, values, &reading)
        }
        for section in flat { apply(section, found, &reading) }
    }

    private mutating func apply(_ section: Section, _ values: [String: Entry], _ reading: inout FileReading) {
        for field in section.fields {
            guard let entry = values[field.name] else { continue }
            field.read(&reading, entry, section.name.isEmpty ? field.name : "\(section.name).\(field.name)", &settings)
        }
    }
}
