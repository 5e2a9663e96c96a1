import Glibc

/// FFTW's planner, which must not be entered by two threads at once: neither from the same module nor
/// from two of them, so that there is one lock for all.
package enum TransformPlanner {
  nonisolated(unsafe) private static let lock: UnsafeMutablePointer<pthread_mutex_t> = {
    let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    return lock
  }()

  /// Makes or destroys plans while nobody else does.
  ///
  /// - Parameter body: what makes or destroys them; it must not come here again.
  /// - Returns: what it returns.
  package static func alone<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}
