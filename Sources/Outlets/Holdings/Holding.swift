import CommandLineSupport
package import Distribution
import Glibc
import Ledger
package import Signing
package import Trade

/// What a home server or shop holds for an order: the parcel's manifest, sealed copies, and their key.
package struct Holding: Sendable {
  /// The folder it is in.
  package let path: String
  /// The parcel it came as.
  package let parcel: Parcel
  /// The hash of the parcel's manifest, as the ledger's `stored` has it.
  package let identity: SHA256Hash
  /// When it was stored.
  package let since: UTCTime

  let store: OutletStore

  /// The order, with the user, the use and the expiry.
  package var order: Order { parcel.order }
  /// The copies, numbered from 0.
  package var items: [Parcel.Item] { parcel.items }

  /// Reads what a folder says it is.
  ///
  /// - Throws: `SystemError`, `HoldingFault.damaged`, `CanonicalFault` or `FieldFault`.
  init(_ path: String, in store: OutletStore) throws {
    self.path = path
    self.store = store
    let manifest = try Self.bytes(path + "/" + Self.manifestName, limit: SignedLine.longest)
    identity = manifest.withUnsafeBytes { SHA256Hash.of($0) }
    guard manifest.last == UInt8(ascii: "\n") else {
      throw HoldingFault.damaged(path + "/" + Self.manifestName)
    }
    parcel = try manifest.dropLast().withUnsafeBytes { try Parcel.read($0).parcel }
    let time = try Self.bytes(path + "/" + Self.sinceName, limit: 64)
    since = try UTCTime(String(decoding: time.dropLast(), as: UTF8.self))
  }

  /// The file with the manifest.
  static let manifestName = Parcel.manifestName
  /// The file with the time it was stored.
  static let sinceName = "since"
  /// The file with the key.
  static let keyName = "key"
  /// The file that says how the holding ended.
  package static let endingName = "ending.json"
  /// The file that will become that.
  static let nextEndingName = "ending.next"
  /// The file of a sealed copy.
  static func sealedName(_ number: Int) -> String { "\(number + 1).sealed" }

  /// Where the key is.
  package var key: HoldingKey { HoldingKey(path: path + "/" + Self.keyName) }

  /// Whether it is there and not ended; asks the disk.
  package var isHeld: Bool {
    access(path + "/" + Self.endingName, F_OK) != 0 && access(key.path, F_OK) == 0
  }

  /// Keeps everybody else from sending or ending it.
  ///
  /// - Parameter seconds: how long to wait; 0 is not at all.
  /// - Returns: the lock, held while it lives.
  /// - Throws: `StoreBusy` or `SystemError`.
  package func lock(seconds: Int = 600) throws -> StoreLock {
    try store.lock(order.ordered.order, seconds: seconds)
  }

  /// Opens a copy.
  ///
  /// - Parameter number: which one, from 0.
  /// - Returns: the copy.
  /// - Throws: `HoldingFault` or `SystemError`.
  package func open(_ number: Int) throws -> HeldFile {
    let id = order.ordered.order
    guard items.indices.contains(number) else { throw HoldingFault.noItem(id, number) }
    guard isHeld, let secret = try key.read() else { throw HoldingFault.ended(id) }
    return try HeldFile(
      .reading(path + "/" + Self.sealedName(number)),
      Seal(secret, parcel: identity, number: number, byteCount: items[number].bytes))
  }

  /// Reads every byte of all copies.
  ///
  /// - Throws: `HoldingFault.damaged` when anything was changed, or `SystemError`.
  package func verify() throws {
    var buffer = [UInt8](repeating: 0, count: Seal.chunkSize)
    for number in items.indices {
      let file: HeldFile
      do { file = try open(number) } catch let error as SystemError where error.code == ENOENT {
        throw HoldingFault.damaged(path + "/" + Self.sealedName(number))
      }
      var place: Int64 = 0
      while place < file.byteCount {
        place += Int64(try buffer.withUnsafeMutableBytes { try file.read(at: place, into: $0) })
      }
    }
  }

  /// The parcel's manifest as it was signed, with its line feed.
  ///
  /// - Returns: its bytes.
  /// - Throws: `SystemError` or `HoldingFault.damaged`.
  package func manifest() throws -> [UInt8] {
    try Self.bytes(path + "/" + Self.manifestName, limit: SignedLine.longest)
  }

  private static func bytes(_ path: String, limit: Int) throws -> [UInt8] {
    let file = try FileDescriptor.reading(path)
    let size = try file.status().size
    guard (1...Int64(limit + 1)).contains(size) else { throw HoldingFault.damaged(path) }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    guard try bytes.withUnsafeMutableBytes({ try file.read(into: $0) }) == bytes.count else {
      throw HoldingFault.damaged(path)
    }
    return bytes
  }
}
