import CSodium
import CommandLineSupport
import Distribution
import Ledger
import MarkKeys
package import Outlets
import Signing

/// The part of a URL that nobody can guess and that opens one holding to players: 192 bits.
///
/// It is HMAC-SHA-256 under the holding's key, so it needs no file, stays the same as long as the
/// holding lives, and cannot be made again when the key is erased.
package struct ServingToken: Sendable {
  /// The characters of a token.
  package static let length = 32
  /// The text, base64 with the alphabet for URLs.
  package let text: String

  private let bytes: [UInt8]

  /// The token of a holding.
  ///
  /// - Throws: `HoldingFault.ended` when its key is erased, or `SystemError`.
  package init(_ holding: Holding) throws {
    let order = holding.order.ordered.order
    guard holding.isHeld, let key = try holding.key.read() else { throw HoldingFault.ended(order) }
    let code = KeyDerivation.authenticationCode(
      of: Array("sukashi/1/serve\n\(order)".utf8), key: key)
    bytes = Base64.text(code.prefix(Self.length / 4 * 3)).utf8.map { unit in
      switch unit {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: unit
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Compares with what came in a request, in a time that says nothing about where they differ.
  ///
  /// - Parameter other: any text.
  /// - Returns: whether it is the token.
  package func isEqual(to other: some StringProtocol) -> Bool {
    let other = Array(other.utf8)
    guard other.count == bytes.count else { return false }
    return sodium_memcmp(bytes, other, bytes.count) == 0
  }
}
