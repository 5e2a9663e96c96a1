import CommandLineSupport
import FuzzSupport
import ImageStreams

/// Reads made-up PNG, JPEG and WebP, marks and writes them: each is a picture, or an error that explains
/// itself, and what is written is a picture of the same size.
enum FuzzPictures {
  /// Pixels of a picture that is read: larger ones are honest work, but take too long.
  private static let mostPixels = 1 << 15
  nonisolated(unsafe) private static let scratch = ScratchFile()

  static func test(_ input: ByteSource) {
    do {
      let image = try StillImage(input)
      guard image.width * image.height <= mostPixels else { return }
      let (luma, fault) = try image.luma()
      precondition(luma.count == image.width * image.height)
      precondition(luma.allSatisfy { $0 >= 0 && $0 <= 255.01 })
      _ = image.texts
      _ = image.warnings
      let square = try image.add([Float](repeating: 3, count: luma.count), quality: 80)
      precondition(square >= 0 && fault == nil)
      let output = scratch.output()
      try image.write(to: output)
      try output.finish()
      let bytes = try scratch.bytes()
      try bytes.withUnsafeBufferPointer { written in
        let copy = try StillImage(source(written.baseAddress, written.count))
        precondition(copy.width == image.width && copy.height == image.height)
        let (_, fault) = try copy.luma()
        if let fault { fatalError("written with a fault: \(fault)") }
      }
    } catch let error as any ExplainedError {
      precondition(error.description.hasPrefix("'x' "), error.description)
    } catch {
      fatalError("unexplained: \(error)")
    }
  }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzPictures.test(source(data, count))
  return 0
}
