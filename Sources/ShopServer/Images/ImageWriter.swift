import CommandLineSupport
import DiscLayout
import Glibc
import MarkKeys

/// Writes discs into files and reads them back.
struct ImageWriter {
  private let path: String
  private let stem: String
  private let diagnostics: Diagnostics

  /// - Parameters:
  ///   - path: `NAME.cue` or `NAME.iso`.
  ///   - diagnostics: says how long it took.
  init(_ path: String, _ diagnostics: Diagnostics) {
    self.path = path
    self.diagnostics = diagnostics
    stem = String(path.dropLast(4))
  }

  /// Whether the name is one for an image of the kind.
  static func isName(_ path: String, forAudio: Bool) -> Bool {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return name.utf8.count > 4 && name.lowercased().hasSuffix(forAudio ? ".cue" : ".iso")
  }

  /// The name of a disc's files without their endings: NAME, or NAME-1 and so on of several.
  private func stem(_ number: Int, of count: Int) -> String {
    count == 1 ? stem : "\(stem)-\(number + 1)"
  }

  /// Writes discs; when one cannot be written, none is left.
  ///
  /// - Parameters:
  ///   - discs: all of an order.
  ///   - report: is told how many bytes are written.
  /// - Throws: `BurnFault.differs`, `SystemError`, and what laying out throws.
  func write(_ discs: [LaidDisc], report: (Int64) -> Void) throws {
    var made: [String] = []
    do {
      for (number, disc) in discs.enumerated() {
        try write(disc, stem(number, of: discs.count), &made, report)
      }
    } catch {
      for path in made { unlink(path) }
      throw error
    }
  }

  private func write(
    _ disc: LaidDisc, _ stem: String, _ made: inout [String], _ report: (Int64) -> Void
  ) throws {
    let ending = String(path.suffix(4))
    guard case .audio(let audio) = disc.kind else {
      return try write(disc, to: stem + ending, &made, report)
    }
    let name = stem + ".bin"
    try write(disc, to: name, &made, report)
    let imageName = name.split(separator: "/").last.map(String.init) ?? name
    for (path, bytes) in [
      (stem + ".toc", Array(TocFile(audio, imageName: imageName).text.utf8)),
      (stem + ending, CueSheet(audio, imageName: imageName).bytes),
    ] {
      let output = try OutputFile(path, contents: .text)
      try bytes.withUnsafeBytes { try output.write($0) }
      made.append(path)
      try output.finish()
    }
  }

  private func write(
    _ disc: LaidDisc, to path: String, _ made: inout [String], _ report: (Int64) -> Void
  ) throws {
    let key = Secret.random()
    let output = try OutputFile(path, contents: .binary)
    let clock = ContinuousClock()
    let start = clock.now
    let written = ReadBackTag(key)
    try disc.send { bytes in
      try output.write(bytes)
      written.update(bytes)
      report(Int64(bytes.count))
    }
    guard output.byteCount == disc.byteCount else { throw BurnFault.differs(path) }
    made.append(path)
    let isLaidOut = clock.now
    try output.finish()
    let isWritten = clock.now
    guard try Self.tag(of: path, byteCount: disc.byteCount, key) == written.finish() else {
      throw BurnFault.differs(path)
    }
    diagnostics.note(
      "\(quoted(path)): \(disc.byteCount) bytes laid out in \(Self.milliseconds(isLaidOut - start)), "
        + "on the disk after \(Self.milliseconds(isWritten - isLaidOut)), "
        + "read back in \(Self.milliseconds(clock.now - isWritten))")
  }

  private static func milliseconds(_ duration: Duration) -> String {
    "\(duration / .milliseconds(1))".split(separator: ".").first.map { "\($0) ms" } ?? ""
  }

  /// The tag of a file as it is on the disk, not in memory.
  static func tag(of path: String, byteCount: Int64, _ key: Secret) throws -> [UInt8] {
    let file = try FileDescriptor.reading(path)
    posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED)
    posix_fadvise(file.number, 0, 0, POSIX_FADV_SEQUENTIAL)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { buffer.deallocate() }
    let tag = ReadBackTag(key)
    var left = byteCount
    while left > 0 {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<Int(min(left, Int64(buffer.count)))])
      guard try file.read(into: part) == part.count else { throw BurnFault.differs(path) }
      tag.update(UnsafeRawBufferPointer(part))
      left -= Int64(part.count)
    }
    return tag.finish()
  }
}
