// The settings in force as text: two YAML files that load to the same settings again. The text has one
// form for one value, so its hash names a version of the settings in the journal.
public import Settings

public enum SettingsText {
    /// `carillon.yaml` with every setting.
    public static func main(_ settings: CarillonSettings) -> String {
        var text = ""
        for section in FieldTable.main {
            if !section.name.isEmpty { text += "\(section.name):\n" }
            for field in section.fields { text += "\(section.name.isEmpty ? "" : "  ")\(field.name): \(field.text(settings))\n" }
        }
        return text
    }

    /// The risk file with every setting.
    public static func risk(_ settings: CarillonSettings) -> String {
        FieldTable.risk.fields.map { "\($0.name): \($0.text(settings))\n" }.joined()
    }

    /// Both in one text, for hashing.
    public static func canonical(_ settings: CarillonSettings) -> String { main(settings) + "---\n" + risk(settings) }

    /// Names this version of the settings; `hash` is given UTF-8 bytes.
    public static func configHash(_ settings: CarillonSettings, hash: ([UInt8]) -> String) -> String {
        hash(Array(canonical(settings).utf8))
    }
}
