package import CommandLineSupport
import Distribution
package import Ledger
package import Outlets
import Trade

/// Gives users what is held for them, then erases it (signals 13 and 14).
package struct HandOver {
  private let books: HomeBooks

  package init(_ books: HomeBooks) { self.books = books }

  /// A holding that is about to be given away; nobody else may send or end it meanwhile.
  package struct Work {
    /// What is given.
    package let holding: Holding
    fileprivate let lock: StoreLock
  }

  /// Takes the holding of an order; one whose end was interrupted is ended for good.
  ///
  /// - Parameter order: the order, which must be for a copy to keep.
  /// - Returns: the holding.
  /// - Throws: `HoldingFault`, `IntakeFault.gone`, `StoreBusy`, or what the ledger throws.
  package func begin(_ order: Handle) throws -> Work {
    let lock = try books.store.lock(order)
    try books.log.refresh()
    do {
      let holding = try books.store.holding(order)
      if let ending = try holding.ending() {
        try books.end(holding, ending.cause)
        throw IntakeFault.gone(order, ending.cause)
      }
      guard holding.order.ordered.use == .purchase else {
        throw HomeFault.forViewing(order, holding.order.ordered.use)
      }
      let bytes = holding.items.reduce(0) { $0 + $1.bytes }
      try books.prepareEnd(holding, .handedOver, bytes: bytes)
      return Work(holding: holding, lock: lock)
    } catch HoldingFault.notHeld {
      lock.remove()
      if let cause = try books.outlet.deletion(of: order) { throw IntakeFault.gone(order, cause) }
      throw HoldingFault.notHeld(order)
    }
  }

  /// Writes a copy.
  ///
  /// - Parameters:
  ///   - number: which one, from 0.
  ///   - start: how many of its bytes the user has already.
  ///   - work: the holding.
  ///   - output: takes the bytes; making it final is left to the caller.
  /// - Throws: `HoldingFault` or `SystemError`.
  package func write(
    _ number: Int, from start: Int64 = 0, of work: Work, to output: OutputFile
  ) throws {
    let file = try work.holding.open(number)
    guard (0...file.byteCount).contains(start) else {
      throw HomeFault.behindTheEnd(start, file.byteCount)
    }
    // Whole chunks from the second read on, which are opened where they are needed.
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 4 * HeldFile.chunkSize, alignment: 4096)
    defer { buffer.deallocate() }
    var place = start
    while place < file.byteCount {
      let end = (place / Int64(buffer.count) + 1) * Int64(buffer.count)
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(end - place)])
      let count = try file.read(at: place, into: part)
      try output.write(UnsafeRawBufferPointer(rebasing: part[..<count]))
      place += Int64(count)
    }
  }

  /// Ends the holding, of which the user has every byte: erases it, reports and bills.
  ///
  /// - Parameter work: the holding.
  /// - Throws: as `HomeBooks.end`.
  package func finish(_ work: Work) throws {
    try work.holding.commitEnd()
    try books.finishEnd(work.holding)
    work.lock.remove()
  }
}
