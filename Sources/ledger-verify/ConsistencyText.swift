import CommandLineSupport
import Signing
import TransparencyLog

/// A consistency proof as text: the body of an add-checkpoint request of C2SP tlog-witness.
struct ConsistencyText {
  /// The size of the older tree.
  let old: Int64
  let hashes: [SHA256Hash]
  /// The newer checkpoint.
  let checkpoint: SignedCheckpoint

  /// The first word of the text.
  static let firstWord = "old "

  init(old: Int64, hashes: [SHA256Hash], checkpoint: SignedCheckpoint) {
    self.old = old
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Parses the bytes.
  ///
  /// - Throws: `ConsistencyTextError`, or what is wrong with the checkpoint.
  init(parsing bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConsistencyTextError(reason: "it is not UTF-8 text")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.hasPrefix(Self.firstWord) == true,
      let old = Int64(lines[0].dropFirst(Self.firstWord.count)), old >= 0,
      lines[0] == "\(Self.firstWord)\(old)"
    else { throw ConsistencyTextError(reason: "the first line is not 'old' and a size") }
    guard let end = lines.firstIndex(of: "") else {
      throw ConsistencyTextError(reason: "there is no empty line before the checkpoint")
    }
    self.old = old
    hashes = try lines[1..<end].map { line in
      guard let hash = SHA256Hash(base64: String(line)) else {
        throw ConsistencyTextError(reason: "\(quoted(String(line))) is not a hash in base64")
      }
      return hash
    }
    guard hashes.count <= 63 else { throw ConsistencyTextError(reason: "more than 63 hashes") }
    checkpoint = try SignedCheckpoint(
      parsing: Array(lines[(end + 1)...].joined(separator: "\n").utf8))
  }

  var text: String {
    "\(Self.firstWord)\(old)\n" + hashes.map { $0.base64 + "\n" }.joined() + "\n" + checkpoint.text
  }
}

/// Why bytes are no consistency proof.
struct ConsistencyTextError: LogFault, Equatable {
  let reason: String

  var word: String { "consistency-text" }
  var description: String { reason }
}
