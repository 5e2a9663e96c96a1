import CommandLineSupport

/// Copies stretches of a master's parts, gathered into few large writes.
final class PartCopier {
  private let files: MasterFiles
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0

  /// - Parameters:
  ///   - files: the master.
  ///   - byteCount: what is read and then written at once.
  init(_ files: MasterFiles, byteCount: Int) {
    self.files = files
    buffer = .allocate(byteCount: byteCount, alignment: 4096)
  }

  deinit { buffer.deallocate() }

  /// Forgets what a copy that failed has left.
  func begin() { buffered = 0 }

  /// Appends bytes.
  func put(_ bytes: [UInt8], to output: OutputFile) throws {
    if bytes.count > buffer.count - buffered { try flush(to: output) }
    try bytes.withUnsafeBytes { bytes in
      if bytes.count > buffer.count { return try output.write(bytes) }
      UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: bytes)
      buffered += bytes.count
    }
  }

  /// Appends a stretch of a part.
  func copy(_ part: MasterPart, _ range: Range<Int64>, to output: OutputFile) throws {
    var place = range.lowerBound
    while place < range.upperBound {
      let count = Int(min(range.upperBound - place, Int64(buffer.count - buffered)))
      try files.read(
        part, at: place,
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[buffered..<buffered + count]))
      buffered += count
      place += Int64(count)
      if buffered == buffer.count { try flush(to: output) }
    }
  }

  /// Writes what is left.
  func flush(to output: OutputFile) throws {
    let filled = UnsafeRawBufferPointer(rebasing: buffer[..<buffered])
    buffered = 0
    if !filled.isEmpty { try output.write(filled) }
  }
}
