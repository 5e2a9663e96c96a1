package import CommandLineSupport

/// Writes plain files one after the other as a tar archive (POSIX ustar; pax only for files of more
/// than 8 GiB), which every tar reads.
///
///     var tar = TarWriter(output)
///     try tar.add("manifest.json", bytes)
///     try tar.add("song.flac", byteCount: size) { output in try copy(to: output) }
///     try tar.finish()
///
/// No time, owner or other trace of the machine is written: the same files give the same bytes.
package struct TarWriter {
  private let output: OutputFile

  /// - Parameter output: making it final is left to the caller.
  package init(_ output: OutputFile) { self.output = output }

  /// Adds a file whose size is known.
  ///
  /// - Parameters:
  ///   - name: 1 to 100 bytes.
  ///   - byteCount: its size.
  ///   - isSecret: whether only the owner is to read it when it is unpacked.
  ///   - write: writes exactly so many bytes to the output.
  /// - Throws: `TarFault.writtenSize` when it wrote another number, `SystemError`, and what `write`
  ///   throws.
  package func add(
    _ name: String, byteCount: Int64, isSecret: Bool = false,
    _ write: (OutputFile) throws -> Void
  ) throws {
    let mode = isSecret ? 0o600 : 0o644
    var size = byteCount
    if size > TarHeader.largestOctal {
      let record = Self.paxRecord(size)
      try put(
        TarHeader.block(
          TarHeader.paxName, byteCount: Int64(record.count), mode: 0o644, kind: TarHeader.pax))
      try put(record)
      try pad(Int64(record.count))
      size = 0
    }
    try put(TarHeader.block(name, byteCount: size, mode: mode, kind: TarHeader.file))
    let start = output.byteCount
    try write(output)
    let written = output.byteCount - start
    guard written == byteCount else {
      throw TarFault.writtenSize(name, written, expected: byteCount)
    }
    try pad(byteCount)
  }

  /// Adds a small file.
  ///
  /// - Throws: `SystemError`.
  package func add(_ name: String, _ bytes: [UInt8], isSecret: Bool = false) throws {
    try add(name, byteCount: Int64(bytes.count), isSecret: isSecret) { output in
      try bytes.withUnsafeBytes { try output.write($0) }
    }
  }

  /// Adds a file from the disk.
  ///
  /// - Throws: `SystemError`, or `TarFault.writtenSize` when it changes meanwhile.
  package func add(_ name: String, contentsOf path: String, isSecret: Bool = false) throws {
    let file = try FileDescriptor.reading(path)
    try add(name, byteCount: file.status().size, isSecret: isSecret) { output in
      try file.copy(to: output)
    }
  }

  /// Ends the archive.
  ///
  /// - Throws: `SystemError`.
  package func finish() throws {
    try put([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
  }

  /// `LENGTH size=NUMBER`, its own length included.
  private static func paxRecord(_ size: Int64) -> [UInt8] {
    let rest = " size=\(size)\n"
    var length = rest.utf8.count + 1
    while "\(length)".utf8.count + rest.utf8.count != length {
      length = "\(length)".utf8.count + rest.utf8.count
    }
    return Array("\(length)\(rest)".utf8)
  }

  private func put(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try output.write($0) }
  }

  private func pad(_ byteCount: Int64) throws {
    try put([UInt8](repeating: 0, count: TarHeader.padding(byteCount)))
  }
}

extension FileDescriptor {
  /// Copies everything from the current position on.
  ///
  /// - Throws: `SystemError`.
  func copy(to output: OutputFile) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4096)
    defer { buffer.deallocate() }
    while case let count = try read(into: buffer), count > 0 {
      try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
