import CSndfile
import CommandLineSupport
import Glibc

/// An output in the form libsndfile writes to.
///
/// What cannot be written in one go to a pipe is collected in a file without a name first.
final class SndfileOutput {
  private let output: OutputFile
  private let spool: FileDescriptor?
  private var position: Int64 = 0
  private var length: Int64 = 0
  /// An I/O error met inside a call of libsndfile, which cannot be thrown through it.
  private(set) var failure: (any Error)?
  /// The table of functions; libsndfile keeps no pointer to it but to this object.
  var functions = SF_VIRTUAL_IO(
    get_filelen: { context in SndfileOutput.at(context).length },
    seek: { offset, whence, context in SndfileOutput.at(context).seek(offset, whence) },
    read: { _, _, _ in 0 },
    write: { bytes, count, context in SndfileOutput.at(context).write(bytes, count) },
    tell: { context in SndfileOutput.at(context).position })

  /// Prepares an output.
  ///
  /// - Parameters:
  ///   - output: where the bytes go.
  ///   - isStreamable: whether the container can be written without going back.
  /// - Throws: `SystemError` when no temporary file can be made.
  init(_ output: OutputFile, isStreamable: Bool) throws {
    self.output = output
    spool = output.isSeekable || isStreamable ? nil : try FileDescriptor.unnamed()
  }

  /// What libsndfile hands to every function; the object must outlive the handle.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func at(_ context: UnsafeMutableRawPointer?) -> SndfileOutput {
    guard let context else { preconditionFailure("libsndfile lost its context") }
    return Unmanaged.fromOpaque(context).takeUnretainedValue()
  }

  private func seek(_ offset: sf_count_t, _ whence: CInt) -> sf_count_t {
    let target =
      switch whence {
      case SEEK_SET: offset
      case SEEK_CUR: position + offset
      default: length + offset
      }
    guard target >= 0 else { return -1 }
    if spool == nil, !output.isSeekable, target != length { return -1 }
    position = target
    return target
  }

  private func write(_ bytes: UnsafeRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard failure == nil else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: Int(count))
    do {
      if let spool {
        try spool.write(buffer, at: position)
      } else if position == length {
        try output.write(buffer)
      } else {
        try output.write(buffer, at: position)
      }
    } catch {
      failure = error
      return 0
    }
    position += count
    length = max(length, position)
    return count
  }

  /// Sends on what was collected; to be called after libsndfile has closed its handle.
  func finish() throws {
    if let failure { throw failure }
    guard let spool else { return }
    try spool.seek(to: 0)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try spool.read(into: buffer)
      if count == 0 { return }
      try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
