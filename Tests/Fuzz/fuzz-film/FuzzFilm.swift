import CommandLineSupport
import FuzzSupport
import VideoStreams

/// Reads made-up YUV4MPEG2 and writes it again: each is a film whose bytes come back as they were, or an
/// error that explains itself.
enum FuzzFilm {
  private static let mostBytes = 1 << 16
  nonisolated(unsafe) private static let scratch = ScratchFile()

  static func test(_ input: UnsafeBufferPointer<UInt8>) {
    do {
      let reader = try FilmReader(source(input.baseAddress, input.count))
      let format = reader.format
      guard format.frameByteCount <= mostBytes else { return }
      precondition((0.1...1000).contains(format.framesPerSecond))
      let frame = FilmFrame(format)
      let output = scratch.output()
      let writer = FilmWriter(to: output, format: format)
      var luma = [Float](repeating: 0, count: format.lumaCount)
      while try reader.read(frame) {
        luma.withUnsafeMutableBufferPointer { frame.luma(into: $0) }
        precondition((frame.luma8?.count ?? frame.luma16?.count) == luma.count)
        try writer.write(frame)
      }
      try writer.finish()
      let written = try scratch.bytes()
      precondition(written.elementsEqual(input))
    } catch let error as any ExplainedError {
      precondition(error.description.hasPrefix("'x'"), error.description)
    } catch {
      fatalError("unexplained: \(error)")
    }
  }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzFilm.test(UnsafeBufferPointer(start: data, count: count))
  return 0
}
