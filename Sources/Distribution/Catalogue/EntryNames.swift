import Ledger
import Signing

/// Identifiers that follow from what entries say, so that a command that is given again makes the
/// same entry.
enum EntryNames {
  /// `WORD:` and the first 128 bits of a hash of texts in hexadecimal digits.
  static func handle(_ word: String, _ texts: [String]) throws -> Handle {
    let bytes = Array(texts.joined(separator: "\n").utf8)
    let hash = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    let digits = Array("0123456789abcdef")
    let text = hash.bytes.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return try Handle("\(word):\(String(text))")
  }
}
