// Hands out what waits in the outbox, where a channel is configured. Trading never waits for it.
import Domain
import Store

struct Post {
    let session: Session
    init(_ session: Session) { self.session = session }

    func deliver() async {}
}
