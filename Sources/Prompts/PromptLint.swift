// The checks that need no model and stop nothing: words that have no business in a prompt, inputs that are
// listed for nothing, and how long the text is.

public enum PromptLint {
    /// Words of the account, which no prompt sees.
    static let forbidden = ["balance", "api key", "api_key", "apikey", "secret", "password", "private key", "account id"]

    /// Roughly how many tokens so many bytes of English and JSON are (3.5 bytes a token).
    public static func tokens(_ text: String) -> Int { (text.utf8.count * 2 + 6) / 7 }

    static func warnings(lines: [String], file: String, inputs: [PromptVariable], used: Set<String>) -> [PromptProblem] {
        var warnings: [PromptProblem] = []
        for (index, line) in lines.enumerated() {
            let lower = line.lowercased()
            for word in forbidden where lower.contains(word) {
                warnings.append(PromptProblem(.warning, file: file, line: index + 1, variable: word, "'\(word)': no prompt sees the account"))
            }
            if line.contains("<<<") || line.contains(">>>") {
                warnings.append(PromptProblem(file: file, line: index + 1, "'<<<' and '>>>' mark data blocks and may not stand in the text"))
            }
        }
        for variable in inputs where !used.contains(variable.rawValue) {
            warnings.append(PromptProblem(.warning, file: file, variable: variable.rawValue, "input '\(variable.rawValue)' is listed and not used"))
        }
        if !inputs.contains(where: \.isData) { warnings.append(PromptProblem(.warning, file: file, variable: "inputs", "the prompt sees no data")) }
        return warnings
    }
}
