// The one thread that talks to libcurl. Others hand it transfers and cancellations through a small
// queue and wake it; all libcurl state stays here, so none of it needs a lock.
import CCurl
import Glibc
import Ports
import Synchronization

final class EventLoop: @unchecked Sendable {
    private enum Command { case add(Transfer), cancel(Transfer), stop }

    private let multi: UnsafeMutableRawPointer
    private let commands = Mutex<[Command]>([])
    private let isClosed = Atomic<Bool>(false)
    /// Touched by the event thread only.
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Process-wide, once, with the first request of the first transport.
    private static let isInitialised: Bool = carillon_curl_global_init() == CURLE_OK

    private init(multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// nil if libcurl or the thread cannot start.
    static func start() -> EventLoop? {
        guard isInitialised, let multi = curl_multi_init() else { return nil }
        _ = carillon_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 32)
        _ = carillon_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 32)
        let loop = EventLoop(multi: multi)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(loop)
        let failed = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let loop = Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue()
                // Signals belong to the main thread; a broken pipe is an error code here.
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                loop.run()
                return nil
            }, context.toOpaque())
        guard failed == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            return nil
        }
        pthread_detach(thread)
        return loop
    }

    func submit(_ transfer: Transfer) { enqueue(.add(transfer)) }
    func cancel(_ transfer: Transfer) { enqueue(.cancel(transfer)) }
    func stop() { enqueue(.stop) }

    /// The wake-up happens under the lock that `close` takes, so it never meets a freed multi handle.
    private func enqueue(_ command: Command) {
        let accepted = commands.withLock { queue in
            guard !isClosed.load(ordering: .relaxed) else { return false }
            queue.append(command)
            curl_multi_wakeup(multi)
            return true
        }
        if !accepted, case .add(let transfer) = command { transfer.finish(.failure(.cancelled)) }
    }

    private func run() {
        while takeCommands() {
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            collectFinished()
            curl_multi_poll(multi, nil, 0, 600_000, nil)
        }
        close()
    }

    /// False if the loop is to end.
    private func takeCommands() -> Bool {
        let taken = commands.withLock { queue in
            defer { queue.removeAll(keepingCapacity: true) }
            return queue
        }
        for command in taken {
            switch command {
            case .add(let transfer): add(transfer)
            case .cancel(let transfer): if let handle = transfer.handle { end(handle, .failure(.cancelled)) }
            case .stop: return false
            }
        }
        return true
    }

    private func add(_ transfer: Transfer) {
        // A cancellation that came before its transfer finds no handle; the flag it raised is found here.
        guard !transfer.isCancelled.load(ordering: .acquiring) else { return transfer.finish(.failure(.cancelled)) }
        guard let handle = transfer.prepare(), curl_multi_add_handle(multi, handle) == CURLM_OK else {
            transfer.dispose()
            return transfer.finish(.failure(.unreachable("libcurl refused the request")))
        }
        running[handle] = transfer
    }

    private func collectFinished() {
        var code = CURLE_OK
        while let handle = carillon_curl_next_finished(multi, &code) {
            guard let transfer = running[handle] else { continue }
            end(handle, transfer.result(for: code))
        }
    }

    private func end(_ handle: UnsafeMutableRawPointer, _ result: Transfer.Result) {
        guard let transfer = running.removeValue(forKey: handle) else { return }
        curl_multi_remove_handle(multi, handle)
        transfer.dispose()
        transfer.finish(result)
    }

    private func close() {
        let late = commands.withLock { queue in
            isClosed.store(true, ordering: .relaxed)
            defer { queue.removeAll() }
            return queue
        }
        for handle in Array(running.keys) { end(handle, .failure(.cancelled)) }
        for case .add(let transfer) in late { transfer.finish(.failure(.cancelled)) }
        curl_multi_cleanup(multi)
    }
}
