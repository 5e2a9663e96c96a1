import FoundationEssentials

/// Test vectors: lines of fields divided by blanks; `#` begins a comment.
enum VectorFile {
  enum Failure: Error { case badMessage(String) }

  static func read(_ name: String, file: String = #filePath) throws -> [[String]] {
    var path = file.split(separator: "/", omittingEmptySubsequences: false)
    path.removeLast(2)
    path += ["Vectors", "code", Substring(name)]
    let text = try String(contentsOfFile: path.joined(separator: "/"), encoding: .utf8)
    return text.split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").map(String.init) }
      .filter { !$0.isEmpty }
  }

  /// 32 hexadecimal digits.
  static func message(_ text: String) throws -> (high: UInt64, low: UInt64) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { throw Failure.badMessage(text) }
    return (high, low)
  }
}
