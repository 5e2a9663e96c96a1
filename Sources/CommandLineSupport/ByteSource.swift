import Glibc

/// The bytes of an input from where it stood, with a way back to the first ones on pipes, or bytes
/// that are held in another way and can be read at any place.
///
/// A pipe is remembered up to 256 KiB; as long as no more has been read, any position in it can be
/// returned to. That is enough for detection and for libsndfile's parsing of headers.
package final class ByteSource {
  /// How much of a pipe is remembered.
  static let windowByteCount = 256 * 1024

  /// What messages call the input.
  package let name: String
  /// The length in bytes, nil for pipes.
  package let length: Int64?
  /// The position, counted from where the input stood at the beginning.
  package private(set) var position: Int64 = 0

  private enum Input {
    case file(FileDescriptor, start: Int64)
    case held((Int64, UnsafeMutableRawBufferPointer) throws -> Int)
  }

  private let input: Input
  private var window: [UInt8] = []
  private var received: Int64 = 0

  /// Whether every position can be reached.
  package var isSeekable: Bool { length != nil }

  /// Opens a path; `-` is standard input.
  package convenience init(path: String) throws {
    try self.init(FileDescriptor.reading(path))
  }

  package init(_ file: FileDescriptor) throws {
    name = file.name
    let status = try file.status()
    if status.isRegular, let position = file.position {
      input = .file(file, start: position)
      length = max(status.size - position, 0)
    } else {
      input = .file(file, start: 0)
      length = nil
    }
  }

  /// Takes bytes that are held somewhere.
  ///
  /// - Parameters:
  ///   - name: what messages call them.
  ///   - length: how many there are.
  ///   - read: reads those at a place, until the buffer is full or there are no more, and returns
  ///     how many they are.
  package init(
    name: String, length: Int64,
    read: @escaping (Int64, UnsafeMutableRawBufferPointer) throws -> Int
  ) {
    self.name = name
    self.length = length
    input = .held(read)
  }

  /// Reads until the buffer is full or the input ends.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let file: FileDescriptor
    switch input {
    case .held(let read):
      let count = try read(position, buffer)
      position += Int64(count)
      return count
    case .file(let some, _): file = some
    }
    if isSeekable {
      let count = try file.read(into: buffer)
      position += Int64(count)
      return count
    }
    var done = 0
    if position < window.count {
      done = min(window.count - Int(position), buffer.count)
      let first = Int(position)
      buffer.copyBytes(from: window[first..<first + done])
      position += Int64(done)
    }
    guard done < buffer.count else { return done }
    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
    let count = try file.read(into: rest)
    if received == window.count, window.count + count <= Self.windowByteCount {
      window.append(contentsOf: rest.prefix(count))
    } else if received == window.count {
      window = []
    }
    received += Int64(count)
    position += Int64(count)
    return done + count
  }

  /// Reads so many bytes, fewer only at the end.
  package func bytes(_ count: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    // In pieces, so that a lying size in a header cannot ask for more memory than there is input.
    while result.count < count {
      let piece = min(count - result.count, 1 << 20)
      let bytes = try [UInt8](unsafeUninitializedCapacity: piece) { buffer, filled in
        filled = try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      result += bytes
      if bytes.count < piece { break }
    }
    return result
  }

  /// Moves to a position, if it can be reached.
  package func seek(to target: Int64) -> Bool {
    if target == position { return true }
    if target < 0 { return false }
    if isSeekable {
      if case .file(let file, let start) = input {
        guard (try? file.seek(to: start + target)) != nil else { return false }
      }
      position = target
      return true
    }
    guard received == window.count, target <= window.count else { return false }
    position = target
    return true
  }
}
