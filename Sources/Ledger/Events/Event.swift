import Signing

/// What an entry of one kind says.
package protocol EventBody: Sendable, Equatable {
  /// The kind of entry it stands in.
  static var kind: EventKind { get }
  /// Takes the members of a body.
  ///
  /// - Throws: `FieldFault`.
  init(_ fields: inout FieldReader) throws
  /// The body as it stands in the line.
  var canonical: CanonicalValue { get }
  /// What the entry can be found by, beside its own identifier.
  var terms: [Term] { get }
}

/// What happened: the kind and body of an entry.
package struct Event: Sendable {
  /// The body; its type goes with the kind.
  package let body: any EventBody

  package init(_ body: any EventBody) { self.body = body }

  /// The kind.
  package var kind: EventKind { Swift.type(of: body).kind }

  /// Reads the body of an entry.
  ///
  /// - Throws: `FieldFault`.
  package init(_ kind: EventKind, _ node: CanonicalNode) throws {
    var fields = try FieldReader(node, called: "body")
    body = try Self.type(of: kind).init(&fields)
    try fields.finish()
  }

  private static func type(of kind: EventKind) -> any EventBody.Type {
    switch kind {
    case .opened: Opened.self
    case .enrolled: Enrolled.self
    case .rekeyed: Rekeyed.self
    case .revoked: Revoked.self
    case .published: Published.self
    case .withdrawn: Withdrawn.self
    case .placed: Placed.self
    case .evicted: Evicted.self
    case .ordered: Ordered.self
    case .marking: Marking.self
    case .delivered: Delivered.self
    case .reported: Reported.self
    case .billed: Billed.self
    case .payment: Payment.self
    case .stored: Stored.self
    case .handedOver: HandedOver.self
    case .viewing: Viewing.self
    case .viewed: Viewed.self
    case .deleted: Deleted.self
    case .burned: Burned.self
    case .spoiled: Spoiled.self
    case .collected: Collected.self
    case .posted: Posted.self
    }
  }
}

extension FieldReader {
  /// A handle that must be there.
  mutating func handle(_ name: StaticString) throws -> Handle { try value(name, Handle.init) }

  /// A public key that must be there.
  mutating func key(_ name: StaticString) throws -> PublicKey {
    do { return try PublicKey(text: try string(name)) } catch let error as PublicKeyError {
      throw FieldFault.bad("\(name)", error.description)
    }
  }

  /// A public key that may be missing.
  mutating func optionalKey(_ name: StaticString) throws -> PublicKey? {
    optionalIsPresent(name) ? try key(name) : nil
  }

  /// A SHA-256 hash in base64 that must be there.
  mutating func hash(_ name: StaticString) throws -> SHA256Hash {
    guard let hash = SHA256Hash(base64: try string(name)) else {
      throw FieldFault.notOfType("\(name)", "a SHA-256 hash in base64")
    }
    return hash
  }

  /// A SHA-256 hash in base64 that may be missing.
  mutating func optionalHash(_ name: StaticString) throws -> SHA256Hash? {
    optionalIsPresent(name) ? try hash(name) : nil
  }

  /// A text for people: 1 to 400 bytes.
  mutating func words(_ name: StaticString) throws -> String {
    let text = try string(name)
    guard (1...longestWords).contains(text.utf8.count) else {
      throw FieldFault.bad("\(name)", "\(text.utf8.count) bytes instead of 1 to \(longestWords)")
    }
    return text
  }

  /// A text for people that may be missing.
  package mutating func optionalWords(_ name: StaticString) throws -> String? {
    optionalIsPresent(name) ? try words(name) : nil
  }
}

/// The most bytes of a text for people, such as a title or a reason.
package let longestWords = 400
