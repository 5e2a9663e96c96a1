import CSystemCalls
import CommandLineSupport
import Glibc
import Ledger
import Signing

/// Keeps two processes of a delivery server from carrying out the same order at the same time.
///
/// An order is a byte of the file `STORE/orders.lock`, which stays empty. A process that dies gives
/// its locks up.
struct OrderLocks {
  private let file: FileDescriptor

  /// Takes the locks of some orders and waits for those that others have.
  ///
  /// - Throws: `SystemError`.
  init(_ orders: [Handle], in store: MasterStore) throws {
    let path = store.path + "/orders.lock"
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemError("cannot open", path) }
    file = FileDescriptor(number, name: path)
    // All in the same order, so that no two processes wait for each other.
    for place in Set(orders.map(Self.place)).sorted() where cs_lock_place(number, place) != 0 {
      throw SystemError("cannot lock", path)
    }
  }

  /// Gives the locks up.
  func end() { withExtendedLifetime(file) {} }

  private static func place(_ order: Handle) -> Int {
    Array(order.description.utf8).withUnsafeBytes { SHA256Hash.of($0) }.bytes.prefix(7)
      .reduce(0) { $0 << 8 | Int($1) }
  }
}
