import Glibc

/// Results of pieces of work that several threads do, each piece once.
package final class ParallelResults<Value: Sendable>: @unchecked Sendable {
  // Each piece writes only its own place, and all are read when the work is done.
  private let places: UnsafeMutableBufferPointer<Result<Value, any Error>?>

  package init(count: Int) {
    places = .allocate(capacity: count)
    places.initialize(repeating: nil)
  }

  deinit {
    places.deinitialize()
    places.deallocate()
  }

  /// Keeps what a piece of work gives or throws.
  package func set(_ piece: Int, _ work: () throws -> Value) {
    places[piece] = Result(catching: work)
  }

  /// All values in order, when the work is done.
  ///
  /// - Throws: what the first piece that failed has thrown.
  package func values() throws -> [Value] { try places.compactMap { try $0?.get() } }
}
