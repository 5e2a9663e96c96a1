import CommandLineSupport
import Glibc

/// Who holds a lock, as the kernel lists it.
enum LockHolder {
  /// `process 812 (ds-deliver)` for the flock on an open file, or nil when it cannot be told.
  static func find(of descriptor: CInt) -> String? {
    var record = stat()
    guard fstat(descriptor, &record) == 0,
      let file = try? FileDescriptor.reading("/proc/locks"), let text = try? file.text()
    else { return nil }
    for line in text.split(separator: "\n") {
      // 1: FLOCK  ADVISORY  WRITE 812 fe:00:1234 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE",
        words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == UInt64(record.st_ino),
        let process = Int(words[4]), process > 0
      else { continue }
      let command = (try? FileDescriptor.reading("/proc/\(process)/comm"))?.firstLine
      return "process \(process)" + (command.map { " (\($0))" } ?? "")
    }
    return nil
  }
}

extension FileDescriptor {
  /// All that can be read, as text.
  fileprivate func text() throws -> String {
    var bytes: [UInt8] = []
    while case let more = try readAvailable(1 << 16), !more.isEmpty { bytes += more }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The first line without its end.
  fileprivate var firstLine: String? {
    (try? text())?.split(separator: "\n").first.map(String.init)
  }
}
