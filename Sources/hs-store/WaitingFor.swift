import Glibc
import Synchronization

/// Runs what is asynchronous from where nothing is, and waits for it.
///
/// - Parameter body: what is run.
/// - Throws: what it throws.
func waitingFor(_ body: @escaping @Sendable () async throws -> Void) throws {
  let result = Mutex<Result<Void, any Error>?>(nil)
  let done = Gate()
  Task {
    do {
      try await body()
      result.withLock { $0 = .success(()) }
    } catch {
      result.withLock { $0 = .failure(error) }
    }
    done.open()
  }
  done.wait()
  try result.withLock { $0 }?.get()
}

/// Something that one thread waits at until another opens it.
private final class Gate: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func open() { sem_post(semaphore) }

  func wait() {
    while sem_wait(semaphore) != 0 {}
  }
}
