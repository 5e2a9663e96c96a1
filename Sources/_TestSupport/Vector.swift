/// A test vector: header lines `name: value`, and behind the first empty line any bytes.
package struct Vector {
  /// The values of the header.
  package let fields: [String: String]
  /// The bytes behind the first empty line; none when there is no such line.
  package let body: [UInt8]

  /// The names of the vectors in a folder below `Tests/Vectors`, sorted.
  package static func names(in folder: String) -> [String] {
    let path = BuiltTools.packageRoot() + "/Tests/Vectors/" + folder
    return ((try? Subprocess.run("ls", [path]).text) ?? "").split(separator: "\n")
      .map(String.init).filter { $0.hasSuffix(".txt") }
  }

  /// Reads a vector of a folder below `Tests/Vectors`.
  package init(_ folder: String, _ name: String) throws {
    let bytes = try contents(of: BuiltTools.packageRoot() + "/Tests/Vectors/\(folder)/\(name)")
    let newline = UInt8(ascii: "\n")
    let end = bytes.indices.dropLast().first { index in
      bytes[index] == newline && bytes[index + 1] == newline
    }
    var fields: [String: String] = [:]
    for line in bytes[..<(end ?? bytes.count)].split(separator: newline) {
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else {
        throw TestFailure("\(name) has the line '\(text)' without a colon")
      }
      fields[String(text[..<colon])] = String(text[text.index(after: colon)...].dropFirst())
    }
    self.fields = fields
    body = end.map { Array(bytes[($0 + 2)...]) } ?? []
  }

  /// A value that must be there.
  package func text(_ name: String) throws -> String {
    guard let text = fields[name] else { throw TestFailure("the vector has no \(name)") }
    return text
  }

  /// A value that must be a decimal number.
  package func number(_ name: String) throws -> Int {
    guard let number = Int(try text(name)) else { throw TestFailure("\(name) is no number") }
    return number
  }
}
