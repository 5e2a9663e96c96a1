import CSodium
package import MarkKeys

/// What it takes to mark pictures: the sub-keys for the tile and for the message.
///
/// A mark key gives one for pictures that belong to no title, and one for each title. The template is
/// the same in all of them, so that a detector has to look for it once; the message of a title's copies
/// can be written and read with the title's key alone. Whoever is given it can mark copies of this title,
/// and of no other one.
package struct ImageKey: Sendable, Equatable {
  /// Decides the template and where it lies.
  let tile: Secret
  /// Decides which waves carry which bit of a message, and how.
  let code: Secret

  /// The key of pictures that belong to no title.
  package init(_ key: MarkKey) {
    tile = key.subKey(.imageTile)
    code = key.subKey(.imageCode)
  }

  /// The key of a title: its message's sub-key is that of the title's own sub-key.
  ///
  /// - Parameters:
  ///   - key: the mark key of the content server.
  ///   - title: the title's identifier.
  package init(_ key: MarkKey, title: String) {
    tile = key.subKey(.imageTile)
    code = MarkKey(name: title, secret: key.subKey(.title(title))).subKey(.imageCode)
  }

  /// Takes the bytes of a key that was handed over.
  ///
  /// - Parameter bytes: as `bytes` has them; nil for another number of them.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 2 * Secret.byteCount else { return nil }
    tile = Secret(Array(bytes[..<Secret.byteCount]))
    code = Secret(Array(bytes[Secret.byteCount...]))
  }

  /// The sub-keys one behind the other, 64 bytes: a secret.
  package var bytes: [UInt8] { [tile, code].flatMap { $0.withBytes { Array($0) } } }
}
