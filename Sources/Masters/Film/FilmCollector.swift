import CommandLineSupport
import Dispatch
import MovieFragments

/// Takes what an encoder writes, on a thread of its own: the header apart, the fragments into a part.
final class FilmCollector: @unchecked Sendable {
  /// A fragment that was taken.
  struct Fragment: Equatable {
    let runs: [MovieFragment.Run]
    let byteCount: UInt32
  }

  /// All that an encoder has written.
  struct Variant {
    let header: MovieHeader
    let fragments: [Fragment]
    let record: PartRecord
  }

  /// The largest header or `moof` that is taken.
  static let mostOfBox = 1 << 26

  private let done = DispatchSemaphore(value: 0)
  private let encoder: ChildProcess
  private let path: String
  // Until `wait()` has returned only the other thread touches these.
  private var writer: PartWriter
  private var outcome: Result<Variant, any Error> = .failure(MovieFault(reason: "nothing was read"))

  /// - Parameters:
  ///   - writer: of the part.
  ///   - encoder: whose output is read.
  ///   - path: of the master, for messages.
  init(_ writer: PartWriter, _ encoder: ChildProcess, _ path: String) {
    self.writer = writer
    self.encoder = encoder
    self.path = path
  }

  /// Begins to read.
  func begin() {
    DispatchQueue(label: "sukashi.film").async { [self] in
      outcome = Result { try collect() }
      // An encoder whose output nobody takes must not wait for ever.
      if case .failure = outcome { encoder.endOutput() }
      done.signal()
    }
  }

  /// Waits until the encoder has closed its output.
  func wait() { done.wait() }

  /// Makes sure that all could be written.
  ///
  /// - Throws: `SystemError`.
  func checkDisk() throws {
    if case .failure(let fault as SystemError) = outcome { throw fault }
  }

  /// What was read.
  ///
  /// - Throws: `MasterError.encoder` or `SystemError`.
  func result() throws -> Variant {
    do { return try outcome.get() } catch let fault as MovieFault {
      throw MasterError.encoder(path, fault.reason)
    }
  }

  private func collect() throws -> Variant {
    guard let output = encoder.output else { throw MovieFault(reason: "it has no output") }
    let source = try ByteSource(output)
    var front: [UInt8] = []
    var header: MovieHeader?
    var fragments: [Fragment] = []
    var open: (runs: [MovieFragment.Run], byteCount: Int64)?
    while true {
      var bytes = try source.bytes(8)
      if bytes.isEmpty { break }
      if bytes.starts(with: [0, 0, 0, 1]) { bytes += try source.bytes(8) }
      guard let box = MovieBoxHeader(bytes) else {
        throw MovieFault(reason: "the encoder's output is cut short")
      }
      let rest = box.byteCount - Int64(box.headerCount)
      switch box.type {
      case "ftyp", "moov":
        front += bytes + (try take(rest, source))
        if box.type == "moov" { header = try MovieHeader(front) }
      case "moof":
        guard let header, open == nil else { throw MovieFault(reason: "a fragment has no mdat") }
        let all = bytes + (try take(rest, source))
        open = (try MovieFragment(all, header).runs, box.byteCount)
        try all.withUnsafeBytes { try writer.write($0) }
      case "mdat":
        guard let (runs, size) = open else { throw MovieFault(reason: "an mdat has no moof") }
        try bytes.withUnsafeBytes { try writer.write($0) }
        try copy(rest, source)
        guard size + box.byteCount < 1 << 31, box.headerCount == 8 else {
          throw MovieFault(reason: "a segment is larger than 2 GiB")
        }
        fragments.append(Fragment(runs: runs, byteCount: UInt32(size + box.byteCount)))
        open = nil
      default: _ = try take(rest, source)
      }
    }
    guard let header, open == nil, !fragments.isEmpty else {
      throw MovieFault(reason: "the encoder's output has no segments")
    }
    return Variant(header: header, fragments: fragments, record: writer.finish())
  }

  private func take(_ count: Int64, _ source: ByteSource) throws -> [UInt8] {
    guard count <= Self.mostOfBox else { throw MovieFault(reason: "a box is too large") }
    let bytes = try source.bytes(Int(count))
    guard bytes.count == count else {
      throw MovieFault(reason: "the encoder's output is cut short")
    }
    return bytes
  }

  private func copy(_ count: Int64, _ source: ByteSource) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4096)
    defer { buffer.deallocate() }
    var left = count
    while left > 0 {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, Int(left))])
      guard try source.read(into: piece) == piece.count else {
        throw MovieFault(reason: "the encoder's output is cut short")
      }
      try writer.write(UnsafeRawBufferPointer(piece))
      left -= Int64(piece.count)
    }
  }
}
