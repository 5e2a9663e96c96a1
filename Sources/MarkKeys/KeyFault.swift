import CommandLineSupport

/// What is wrong with the bytes of a key file; lines count from 1.
package enum KeyFault: Error, Equatable {
  case empty
  case tooLarge
  case notText
  case carriageReturn
  case cutShort
  case notAKey
  /// A key, but of the other kind.
  case otherKind(KeyKind)
  case wrongVersion(String)
  case unknownLine(line: Int)
  case badSecret(line: Int)
  case badName(line: Int)
  case badTime(line: Int)
  case twice(String, line: Int)
  case afterSecret(line: Int)
  case noSecret
  /// The public key in the file is not that of the secret.
  case wrongPublicKey
  /// A signing key has no name, and that of its file cannot be one.
  case noName(String)

  /// The word for the fault in test vectors.
  package var word: String {
    switch self {
    case .empty: "empty"
    case .tooLarge: "too-large"
    case .notText: "not-text"
    case .carriageReturn: "carriage-return"
    case .cutShort: "cut-short"
    case .notAKey: "not-a-key"
    case .otherKind: "other-kind"
    case .wrongVersion: "wrong-version"
    case .unknownLine: "unknown-line"
    case .badSecret: "bad-secret"
    case .badName: "bad-name"
    case .badTime: "bad-time"
    case .twice: "twice"
    case .afterSecret: "after-secret"
    case .noSecret: "no-secret"
    case .wrongPublicKey: "wrong-public"
    case .noName: "no-name"
    }
  }

  /// The fault in words, in a file that should hold a key of this kind.
  package func text(for kind: KeyKind) -> String {
    switch self {
    case .empty: "the file is empty"
    case .tooLarge: "the file has more than \(KeyText.largestByteCount) bytes"
    case .notText: "the file is not UTF-8 text"
    case .carriageReturn: "the lines end in CR LF instead of LF"
    case .cutShort: "the last line has no end, the file may be cut short"
    case .notAKey: "the first line is not \(quoted(kind.firstLine))"
    case .otherKind(let other): "the file holds a \(other.title), not a \(kind.title)"
    case .wrongVersion(let version):
      "key version \(quoted(version)) is not known, only version 1 is"
    case .unknownLine(let line): "line \(line) is neither a comment nor the secret"
    case .badSecret(let line):
      "line \(line): the secret is not 64 lower-case hexadecimal digits"
    case .badName(let line): "line \(line): the name is not \(kind.nameRule)"
    case .badTime(let line): "line \(line): the time is not like 2026-11-22T21:28:00Z"
    case .twice(let field, let line): "line \(line): a second \(field)"
    case .afterSecret(let line): "line \(line): the secret must be the last line"
    case .noSecret: "there is no line with the secret"
    case .wrongPublicKey: "the public key in the file is not that of the secret"
    case .noName(let name): "the key has no name, and \(quoted(name)) cannot be one"
    }
  }
}
