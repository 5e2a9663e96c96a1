import Dispatch

/// Does pieces of work on all cores and returns when all are done.
///
/// - Parameters:
///   - count: the number of pieces, each worth a millisecond at least.
///   - body: called once for each piece, in any order, on several threads.
package func inParallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
  if count == 1 { return body(0) }
  DispatchQueue.concurrentPerform(iterations: count, execute: body)
}
