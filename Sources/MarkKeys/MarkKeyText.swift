import CSodium
import CommandLineSupport

/// The text of a mark key file, version 1; see `docs/keys.md`.
package struct MarkKeyText: Sendable {
  /// The first line of every mark key file.
  package static let firstLine = "sukashi-mark-key 1"
  /// The most bytes a key file may have.
  package static let largestByteCount = 4096
  /// The most bytes a name may have.
  package static let longestName = 64

  /// The name in the file, or nil when it has none.
  package let name: String?
  /// When the key was made, as written in the file.
  package let created: String?
  /// The secret.
  package let secret: Secret

  package init(name: String?, created: String?, secret: Secret) {
    self.name = name
    self.created = created
    self.secret = secret
  }

  /// The bytes of the file.
  package var text: String {
    var text = Self.firstLine + "\n"
    if let name { text += "# name: \(name)\n" }
    if let created { text += "# created: \(created)\n" }
    return text + "secret " + secret.withBytes { Hexadecimal.text($0) } + "\n"
  }

  /// Parses the bytes of a file.
  ///
  /// - Throws: `MarkKeyFault`.
  package init(parsing bytes: [UInt8]) throws(MarkKeyFault) {
    if bytes.isEmpty { throw .empty }
    if bytes.count > Self.largestByteCount { throw .tooLarge }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
    if text.utf8.contains(UInt8(ascii: "\r")) { throw .carriageReturn }
    guard text.utf8.last == UInt8(ascii: "\n") else { throw .cutShort }
    var lines = text.utf8.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    let first = lines.removeFirst()
    if first != Self.firstLine {
      let prefix = "sukashi-mark-key "
      throw first.hasPrefix(prefix)
        ? .wrongVersion(String(first.dropFirst(prefix.count))) : .notAKey
    }
    var name: String?
    var created: String?
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
      } else if let value = Self.value(of: "# name: ", in: line) {
        guard name == nil else { throw .twice("name", line: number) }
        guard Self.isName(value) else { throw .badName(line: number) }
        name = value
      } else if let value = Self.value(of: "# created: ", in: line) {
        guard created == nil else { throw .twice("created", line: number) }
        guard Self.isTime(value) else { throw .badTime(line: number) }
        created = value
      } else if !line.hasPrefix("#") {
        throw .unknownLine(line: number)
      }
    }
    guard let secret else { throw .noSecret }
    self.init(name: name, created: created, secret: secret)
  }

  /// Whether a text can be a key's name: 1...64 bytes, no control characters, no blank at the ends.
  package static func isName(_ text: String) -> Bool {
    (1...longestName).contains(text.utf8.count) && text.first != " " && text.last != " "
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
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

  private static func value(of prefix: String, in line: String) -> String? {
    line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
  }

  private static func secretBytes(_ digits: Substring) -> [UInt8]? {
    let isLowerCase = digits.utf8.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0) }
    guard digits.utf8.count == 2 * Secret.byteCount, isLowerCase else { return nil }
    return Hexadecimal.bytes(digits)
  }
}

/// What is wrong with the bytes of a mark key file; lines count from 1.
package enum MarkKeyFault: Error, Equatable, CustomStringConvertible {
  case empty
  case tooLarge
  case notText
  case carriageReturn
  case cutShort
  case notAKey
  case wrongVersion(String)
  case unknownLine(line: Int)
  case badSecret(line: Int)
  case badName(line: Int)
  case badTime(line: Int)
  case twice(String, line: Int)
  case afterSecret(line: Int)
  case noSecret

  /// The word for the fault in test vectors.
  package var word: String {
    switch self {
    case .empty: "empty"
    case .tooLarge: "too-large"
    case .notText: "not-text"
    case .carriageReturn: "carriage-return"
    case .cutShort: "cut-short"
    case .notAKey: "not-a-key"
    case .wrongVersion: "wrong-version"
    case .unknownLine: "unknown-line"
    case .badSecret: "bad-secret"
    case .badName: "bad-name"
    case .badTime: "bad-time"
    case .twice: "twice"
    case .afterSecret: "after-secret"
    case .noSecret: "no-secret"
    }
  }

  package var description: String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge: "the file has more than \(MarkKeyText.largestByteCount) bytes"
    case .notText: "the file is not UTF-8 text"
    case .carriageReturn: "the lines end in CR LF instead of LF"
    case .cutShort: "the last line has no end, the file may be cut short"
    case .notAKey: "the first line is not \(quoted(MarkKeyText.firstLine))"
    case .wrongVersion(let version):
      "key version \(quoted(version)) is not known, only version 1 is"
    case .unknownLine(let line): "line \(line) is neither a comment nor the secret"
    case .badSecret(let line):
      "line \(line): the secret is not 64 lower-case hexadecimal digits"
    case .badName(let line):
      "line \(line): the name is not 1 to \(MarkKeyText.longestName) bytes of printable text"
    case .badTime(let line): "line \(line): the time is not like 2026-11-22T21:28:00Z"
    case .twice(let field, let line): "line \(line): a second \(field)"
    case .afterSecret(let line): "line \(line): the secret must be the last line"
    case .noSecret: "there is no line with the secret"
    }
  }
}
