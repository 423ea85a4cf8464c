// A transport that keeps what it was asked and gives one answer to all of it.
import Ports
import Synchronization

final class RecordingTransport: HTTPTransport, Sendable {
    private let kept = Mutex<[HTTPRequest]>([])
    private let answer: HTTPResponse

    init(status: Int = 200, _ body: [UInt8] = Array("{}".utf8)) { answer = HTTPResponse(status: status, body: body) }

    var requests: [HTTPRequest] { kept.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        kept.withLock { $0.append(request) }
        return answer
    }
}
