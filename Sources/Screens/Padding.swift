// Columns of a screen.

extension String {
    /// Filled with spaces behind, up to `width`.
    package func padded(to width: Int) -> String { count >= width ? self : self + String(repeating: " ", count: width - count) }

    /// Filled with spaces before, up to `width`.
    func indented(to width: Int) -> String { count >= width ? self : String(repeating: " ", count: width - count) + self }
}
