import CommandLineSupport
package import Distribution
import Glibc
package import Ledger
import MarkKeys
import Signing

/// The folder of a home server or shop.
///
/// `STORE/holdings/NAME` is what it holds for an order. What begins with a dot is unfinished, or a
/// lock.
package struct OutletStore: Sendable {
  /// The folder of the server.
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The folder of all holdings.
  package var folder: String { path + "/holdings" }

  /// The folder of what is held for an order.
  package func folder(of order: Handle) -> String { folder + "/" + Self.name(order) }

  /// The file name that stands for an order: as `MasterStore.name`, or a hash where that is too
  /// long for a file.
  package static func name(_ order: Handle) -> String {
    let name = MasterStore.name(order)
    if name.utf8.count <= 200 { return name }
    let hash = Array(order.description.utf8).withUnsafeBytes { SHA256Hash.of($0) }
    return "~" + Hexadecimal.text(hash.bytes)
  }

  /// Keeps everybody else from storing, sending or ending what is held for an order.
  ///
  /// - Parameters:
  ///   - order: which one.
  ///   - seconds: how long to wait; 0 is not at all.
  /// - Returns: the lock, held while it lives.
  /// - Throws: `StoreBusy` or `SystemError`.
  package func lock(_ order: Handle, seconds: Int = 600) throws -> StoreLock {
    try FlatFolder.make(folder)
    return try StoreLock(folder + "/.\(Self.name(order)).lock", seconds: seconds)
  }

  /// What is held for an order.
  ///
  /// - Throws: `HoldingFault.notHeld`, or what is wrong with the holding.
  package func holding(_ order: Handle) throws -> Holding {
    let path = folder(of: order)
    guard FileStatus(path: path)?.isFolder == true else { throw HoldingFault.notHeld(order) }
    return try Holding(path, in: self)
  }

  /// All holdings, by the names of their folders.
  ///
  /// - Returns: the holdings, also those that are ended and not yet removed.
  /// - Throws: `SystemError`, or what is wrong with a holding.
  package func holdings() throws -> [Holding] {
    try holdingNames().compactMap { try holding(named: $0) }
  }

  /// The names of the folders of holdings.
  ///
  /// - Throws: `SystemError`.
  package func holdingNames() throws -> [String] {
    guard FileStatus(path: folder) != nil else { return [] }
    return try FlatFolder.names(in: folder).filter { !$0.hasPrefix(".") }
  }

  /// The holding in a folder; nil when there is none.
  ///
  /// - Parameter name: the name of the folder.
  /// - Returns: the holding.
  /// - Throws: `SystemError`, or what is wrong with the holding.
  package func holding(named name: String) throws -> Holding? {
    let path = folder + "/" + name
    do { return try Holding(path, in: self) } catch let error as SystemError
      where error.code == ENOENT && FileStatus(path: path) == nil
    {
      // It was removed meanwhile.
      return nil
    }
  }
}
