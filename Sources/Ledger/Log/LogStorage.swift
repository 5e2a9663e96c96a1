/// Where a ledger's bytes are kept: the seam for another store, and for simulated disks in tests.
///
/// Calls that change something are made only between `lock` and `unlock`.
package protocol LogStorage: AnyObject {
  /// What messages call it.
  var name: String { get }
  /// Takes the lock of all writers, waiting at most a number of milliseconds.
  ///
  /// - Throws: `StorageFault.locked`.
  func lock(milliseconds: Int) throws
  /// Gives the lock back.
  func unlock()
  /// The number of bytes.
  func size() throws -> Int64
  /// Reads until the buffer is full or the bytes end.
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Adds bytes at the end in one write.
  ///
  /// - Throws: when they are not all written; some may have been.
  func append(_ bytes: UnsafeRawBufferPointer) throws
  /// Cuts the end off.
  func truncate(to size: Int64) throws
  /// Waits until all is on the disk. A failure says nothing about what is; it must not be tried
  /// again.
  func synchronize() throws
}
