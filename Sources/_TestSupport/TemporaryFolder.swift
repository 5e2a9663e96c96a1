import Glibc

/// A folder that is removed with everything in it when the last reference goes away.
package final class TemporaryFolder: Sendable {
  /// The path, without a slash at its end.
  package let path: String

  package init() {
    var template = Array("/tmp/sukashi-test.XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { fatalError("cannot make a temporary folder") }
    path = made
  }

  deinit { remove() }

  /// Removes it now, for a folder whose last reference stays to the end of the process.
  package func remove() { Self.remove(path) }

  /// The path of an entry.
  package func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let target = path(name)
    let bytes = Array(bytes)
    let number = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw TestFailure("cannot create \(target)") }
    defer { close(number) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      guard count > 0 else { throw TestFailure("cannot write \(target)") }
      done += count
    }
    return target
  }

  /// The bytes of an entry.
  package func read(_ name: String) throws -> [UInt8] { try contents(of: path(name)) }

  /// The names of all entries, hidden ones included, sorted.
  package var entries: [String] { Self.entries(path).sorted() }

  private static func entries(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: String) {
    var record = stat()
    if lstat(path, &record) == 0, record.st_mode & S_IFMT == S_IFDIR {
      for name in entries(path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// The bytes of a file.
package func contents(of path: String) throws -> [UInt8] {
  let number = open(path, O_RDONLY | O_CLOEXEC)
  guard number >= 0 else { throw TestFailure("cannot open \(path)") }
  defer { close(number) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = Glibc.read(number, &buffer, buffer.count), count > 0 {
    bytes += buffer[..<count]
  }
  return bytes
}

/// A test cannot go on.
package struct TestFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
