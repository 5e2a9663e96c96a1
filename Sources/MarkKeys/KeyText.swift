import CSodium

/// The text of a key file of either kind, version 1; see `docs/keys.md`.
package struct KeyText: Sendable {
  /// The most bytes a key file may have.
  package static let largestByteCount = 4096

  /// What the key is for.
  package let kind: KeyKind
  /// The name in the file, or nil when it has none.
  package let name: String?
  /// When the key was made, as written in the file.
  package let created: String?
  /// The public key as written in the file, unchecked; always nil for a mark key.
  package let publicKey: String?
  /// The secret.
  package let secret: Secret

  package init(
    _ kind: KeyKind, name: String?, created: String?, publicKey: String? = nil, secret: Secret
  ) {
    self.kind = kind
    self.name = name
    self.created = created
    self.publicKey = publicKey
    self.secret = secret
  }

  /// The bytes of the file.
  package var text: String {
    var text = kind.firstLine + "\n"
    if let name { text += "# name: \(name)\n" }
    if let created { text += "# created: \(created)\n" }
    if let publicKey { text += "# public: \(publicKey)\n" }
    return text + "secret " + secret.withBytes { Hexadecimal.text($0) } + "\n"
  }

  /// Parses the bytes of a file.
  ///
  /// - Throws: `KeyFault`.
  package init(parsing bytes: [UInt8], as kind: KeyKind) throws(KeyFault) {
    var lines = try Self.lines(bytes)
    try Self.checkFirst(lines.removeFirst(), kind)
    var comments: [String: String] = [:]
    var secret: Secret?
    for (index, line) in lines.enumerated() {
      let number = index + 2
      if secret != nil { throw .afterSecret(line: number) }
      if line.hasPrefix("secret ") {
        guard var bytes = Self.secretBytes(line.dropFirst("secret ".count)) else {
          throw .badSecret(line: number)
        }
        secret = Secret(bytes)
        sodium_memzero(&bytes, bytes.count)
      } else if let (field, value) = Self.comment(line, kind) {
        guard comments.updateValue(value, forKey: field) == nil else {
          throw .twice(field, line: number)
        }
        if field == "name", !kind.isName(value) { throw .badName(line: number) }
        if field == "created", !Self.isTime(value) { throw .badTime(line: number) }
      } else if !line.hasPrefix("#") {
        throw .unknownLine(line: number)
      }
    }
    guard let secret else { throw .noSecret }
    self.init(
      kind, name: comments["name"], created: comments["created"], publicKey: comments["public"],
      secret: secret)
  }

  /// The lines of a file that is text and whole; at least one.
  private static func lines(_ bytes: [UInt8]) throws(KeyFault) -> [String] {
    if bytes.isEmpty { throw .empty }
    if bytes.count > largestByteCount { throw .tooLarge }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
    if text.utf8.contains(UInt8(ascii: "\r")) { throw .carriageReturn }
    guard text.utf8.last == UInt8(ascii: "\n") else { throw .cutShort }
    return text.utf8.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
  }

  private static func checkFirst(_ line: String, _ kind: KeyKind) throws(KeyFault) {
    if line == kind.firstLine { return }
    for known in KeyKind.allCases where line.hasPrefix(known.firstWord + " ") {
      throw known == kind
        ? .wrongVersion(String(line.dropFirst(kind.firstWord.count + 1))) : .otherKind(known)
    }
    throw .notAKey
  }

  /// The field and value of a comment that has a meaning for this kind of key.
  private static func comment(_ line: String, _ kind: KeyKind) -> (field: String, value: String)? {
    let fields = kind == .signing ? ["name", "created", "public"] : ["name", "created"]
    for field in fields {
      let prefix = "# \(field): "
      if line.hasPrefix(prefix) { return (field, String(line.dropFirst(prefix.count))) }
    }
    return nil
  }

  /// Whether a text has the form `2026-11-22T21:28:00Z`.
  private static func isTime(_ text: String) -> Bool {
    let form = Array("0000-00-00T00:00:00Z".utf8)
    return text.utf8.count == form.count
      && zip(text.utf8, form).allSatisfy { unit, expected in
        expected == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(unit) : unit == expected
      }
  }

  private static func secretBytes(_ digits: Substring) -> [UInt8]? {
    let isLowerCase = digits.utf8.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0) }
    guard digits.utf8.count == 2 * Secret.byteCount, isLowerCase else { return nil }
    return Hexadecimal.bytes(digits)
  }
}
