// Tests that kill the program at its commits need one that was built for it.
import Testing

extension Trait where Self == ConditionTrait {
    static var drilled: Self {
        #if Drills
            .enabled(if: true)
        #else
            .disabled("the program was built without --traits Drills; make test builds it with them")
        #endif
    }
}
