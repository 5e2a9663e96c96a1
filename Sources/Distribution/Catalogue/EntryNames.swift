import Ledger
import MarkKeys
import Signing

/// Identifiers that follow from what entries say, so that a command that is given again makes the
/// same entry.
enum EntryNames {
  /// `WORD:` and the first 128 bits of a hash of texts in hexadecimal digits.
  static func handle(_ word: String, _ texts: [String]) throws -> Handle {
    let bytes = Array(texts.joined(separator: "\n").utf8)
    let hash = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    return try Handle("\(word):\(Hexadecimal.text(Array(hash.bytes.prefix(16))))")
  }
}
