package import Ledger
import Signing

/// What the entries of a delivery are called: always the same for the same order and title, so that
/// none is written twice.
package struct DeliveryIdentifiers {
  package let order: Handle

  package init(order: Handle) { self.order = order }

  /// `ORDER/CONTENT/marking` and the like.
  package func entry(_ content: Handle, _ kind: EventKind) throws -> Handle {
    try Self.joined(["\(order)", "\(content)", kind.rawValue])
  }

  /// `ORDER/stored` and the like.
  package func entry(_ kind: EventKind) throws -> Handle { try named(kind.rawValue) }

  /// `ORDER/NAME`.
  package func named(_ name: String) throws -> Handle { try Self.joined(["\(order)", name]) }

  /// `ORDER/billed`, or with the currency behind it where an order has several.
  package func bill(_ currency: String?) throws -> Handle {
    try Self.joined(["\(order)", "billed"] + (currency.map { [$0] } ?? []))
  }

  /// What is too long is replaced by its hash.
  package static func joined(_ parts: [String]) throws -> Handle {
    let text = parts.joined(separator: "/")
    if text.utf8.count <= Handle.longest { return try Handle(text) }
    let hash = Array(text.utf8).withUnsafeBytes { SHA256Hash.of($0) }
    return try Handle("sha256:\(hash.base64)/\(parts.last ?? "")")
  }
}
