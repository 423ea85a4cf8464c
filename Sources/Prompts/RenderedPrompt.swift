// A prompt filled with its data: the two texts a model service takes, and the data blocks in them.
import Mustache

public struct RenderedPrompt: Hashable, Sendable {
    public let system: String
    public let user: String
    public let blocks: [DataBlock]
    /// A rough count, for the reservation before the call.
    public var tokenEstimate: Int { PromptLint.tokens(system) + PromptLint.tokens(user) }
    /// What `prompts render` shows and a journal keeps: both texts.
    public var text: String { system.isEmpty ? user : system + "\n\(PromptParser.divider)\n" + user }
}

extension Prompt {
    /// Fills the template. The same inputs give the same bytes.
    /// - Parameter digest: bytes to a hexadecimal digest of at least 16 digits; it marks the data blocks.
    public func render(_ values: PromptInputs, digest: ([UInt8]) -> String) -> RenderedPrompt {
        let blocks = PromptContext.blocks(values, for: inputs, digest: digest)
        var context = PromptContext.values(values)
        context = context.filter { pair in inputs.contains { $0.rawValue == pair.key } }
        for block in blocks { context[block.name] = block.text }
        let user = self.user.render(context)
        return RenderedPrompt(system: system.render(context), user: user, blocks: blocks.filter { user.contains("<<<DATA \($0.name) ") })
    }
}
