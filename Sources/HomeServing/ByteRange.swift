/// What a `Range` header asks for of a body whose length is known (RFC 9110, section 14).
package enum ByteRange: Sendable, Equatable {
  /// All of it: there is no header, or one that is not understood, or one with several ranges.
  case whole
  /// These bytes.
  case part(Range<Int64>)
  /// None that there are.
  case unsatisfiable

  /// Reads a header.
  ///
  /// Several ranges are answered with the whole body, which the standard allows; no player asks for
  /// them.
  ///
  /// - Parameters:
  ///   - header: its value; nil without one.
  ///   - length: the length of the body.
  package init(_ header: String?, length: Int64) {
    self = .whole
    guard let header, header.utf8.count <= 128,
      let equals = header.firstIndex(of: "="),
      header[..<equals].lowercased() == "bytes"
    else { return }
    let text = header[header.index(after: equals)...].filter { $0 != " " && $0 != "\t" }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1])
    else { return }
    switch (first, last) {
    case (nil, nil): return
    case (nil, let count?):
      // The last bytes.
      self = count == 0 || length == 0 ? .unsatisfiable : .part(max(length - count, 0)..<length)
    case (let first?, let last):
      if let last, last < first { return }
      if first >= length {
        self = .unsatisfiable
      } else {
        self = .part(first..<min(last ?? .max - 1, length - 1) + 1)
      }
    }
  }

  /// A number, nothing for an empty text; nil for what is no number.
  private static func number(_ text: Substring) -> Int64?? {
    if text.isEmpty { return .some(nil) }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    // What is too large for a number is beyond every end.
    return .some(Int64(text) ?? .max - 1)
  }
}
