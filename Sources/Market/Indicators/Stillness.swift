// When nothing moves: what smoothing leaves of movements long ago never becomes zero, and the share of one such rest in
// another would be an echo of a history that a shorter reading does not have.

public enum Stillness {
    /// Smoothed movements below this share of the price are none.
    @inlinable
    public static var share: Double { 1e-12 }
}
