import Ledger
import _TestSupport

/// A disk with one file, whose unsynced bytes are at the mercy of a seed.
///
/// Whole sequences of writes are kept or lost in order; of the last one any beginning may be kept,
/// with zeros behind it. After a sync that failed, readers see what the disk has, since
/// `FileStorage` makes the system forget its pages then.
final class SimulatedDisk {
  /// What readers see.
  private(set) var bytes: [UInt8] = []
  /// What a sync has put on the disk last.
  private var durable: [UInt8] = []
  /// How much of `durable` was there all the time since.
  private var untouched = 0
  private var random: SeededGenerator
  /// The writer that has the lock.
  fileprivate var holder: ObjectIdentifier?
  /// How likely a fault is at each call, in percent.
  var faultPercentage = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// True once in a while.
  fileprivate func happens() -> Bool {
    faultPercentage > 0 && Int.random(in: 0..<100, using: &random) < faultPercentage
  }

  /// A number of bytes, often none or all.
  fileprivate func part(of count: Int) -> Int {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: 0
    case 1: count
    case 2: max(0, count - 1)
    default: Int.random(in: 0...count, using: &random)
    }
  }

  fileprivate func append(_ more: some Collection<UInt8>) { bytes += more }

  fileprivate func truncate(to size: Int) {
    bytes.removeLast(bytes.count - size)
    untouched = min(untouched, size)
  }

  fileprivate func synchronize() {
    durable = bytes
    untouched = bytes.count
  }

  /// What is left of the bytes that were not synced: all, some, none, and zeros.
  private func remains() -> [UInt8] {
    if Int.random(in: 0..<4, using: &random) == 0 { return durable }
    let kept = untouched + part(of: max(0, bytes.count - untouched))
    let size = max(kept, part(of: max(bytes.count, durable.count)))
    return bytes[..<kept] + [UInt8](repeating: 0, count: size - kept)
  }

  /// A sync fails, and the pages are forgotten.
  fileprivate func failSynchronizing() {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: break
    case 1: synchronize()
    default:
      bytes = remains()
      synchronize()
    }
  }

  /// The power fails.
  func crash() {
    bytes = remains()
    synchronize()
    holder = nil
  }
}

/// A process that has the file of a simulated disk open.
final class SimulatedFile: LogStorage {
  let name = "simulated"
  private let disk: SimulatedDisk
  private var hasFailed = false
  /// Whether the process was killed: nothing that it still does has any effect.
  private(set) var isDead = false
  /// How many calls it has made.
  private(set) var calls = 0
  /// The call at which it is killed.
  var lastCall = Int.max

  init(_ disk: SimulatedDisk) { self.disk = disk }

  /// What stops a call.
  enum Fault: Error {
    case killed, disk, noSpace, locked
  }

  /// Kills the process.
  func kill() {
    isDead = true
    unlock()
  }

  private func begin() throws(Fault) {
    calls += 1
    if calls >= lastCall { kill() }
    if isDead { throw .killed }
  }

  func lock(milliseconds: Int) throws {
    try begin()
    if disk.holder != nil { throw Fault.locked }
    disk.holder = ObjectIdentifier(self)
  }

  func unlock() {
    if disk.holder == ObjectIdentifier(self) { disk.holder = nil }
  }

  func size() throws -> Int64 {
    try begin()
    return Int64(disk.bytes.count)
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try begin()
    let start = min(Int(offset), disk.bytes.count)
    let end = min(start + buffer.count, disk.bytes.count)
    disk.bytes.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
    return end - start
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    if calls + 1 >= lastCall, !isDead, !hasFailed {
      // A write may be cut short by the signal too.
      disk.append(bytes[..<disk.part(of: bytes.count)])
    }
    try begin()
    assert(disk.holder == ObjectIdentifier(self), "a write without the lock")
    if hasFailed { throw Fault.disk }
    if disk.happens() {
      disk.append(bytes[..<disk.part(of: bytes.count)])
      throw Fault.noSpace
    }
    disk.append(bytes)
  }

  func truncate(to size: Int64) throws {
    try begin()
    assert(disk.holder == ObjectIdentifier(self), "a cut without the lock")
    if disk.happens() {
      hasFailed = true
      throw Fault.disk
    }
    disk.truncate(to: Int(size))
  }

  func synchronize() throws {
    try begin()
    if hasFailed { throw Fault.disk }
    if disk.happens() {
      disk.failSynchronizing()
      hasFailed = true
      throw Fault.disk
    }
    disk.synchronize()
  }
}
