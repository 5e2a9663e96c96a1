import CSndfile
import CommandLineSupport
import Glibc

/// A byte source in the form libsndfile reads from.
///
/// On a pipe the length is stated as unlimited and only positions that the source still remembers
/// can be returned to, which libsndfile copes with.
final class SndfileInput {
  private let source: ByteSource
  /// An I/O error met inside a call of libsndfile, which cannot be thrown through it.
  private(set) var failure: (any Error)?
  /// The table of functions; libsndfile keeps no pointer to it but to this object.
  var functions = SF_VIRTUAL_IO(
    get_filelen: { context in SndfileInput.at(context).source.length ?? .max },
    seek: { offset, whence, context in SndfileInput.at(context).seek(offset, whence) },
    read: { buffer, count, context in SndfileInput.at(context).read(buffer, count) },
    write: { _, _, _ in 0 },
    tell: { context in SndfileInput.at(context).source.position })

  init(_ source: ByteSource) { self.source = source }

  /// What libsndfile hands to every function; the object must outlive the handle.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func at(_ context: UnsafeMutableRawPointer?) -> SndfileInput {
    guard let context else { preconditionFailure("libsndfile lost its context") }
    return Unmanaged.fromOpaque(context).takeUnretainedValue()
  }

  private func seek(_ offset: sf_count_t, _ whence: CInt) -> sf_count_t {
    let target: Int64
    switch whence {
    case SEEK_SET: target = offset
    case SEEK_CUR: target = source.position + offset
    default:
      guard let length = source.length else { return -1 }
      target = length + offset
    }
    return source.seek(to: target) ? target : -1
  }

  private func read(_ buffer: UnsafeMutableRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard failure == nil, count > 0 else { return 0 }
    do {
      return sf_count_t(
        try source.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))))
    } catch {
      failure = error
      return 0
    }
  }
}
