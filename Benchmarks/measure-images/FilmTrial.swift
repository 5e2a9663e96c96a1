import Glibc
import ImageMark
import MarkKeys

/// Marks and reads YUV4MPEG2 of 8 bits and 4:2:0, for measurements.
enum FilmTrial {
  /// A stream of frames.
  private final class Stream {
    let width: Int
    let height: Int
    let file: UnsafeMutablePointer<FILE>
    let header: String

    init(path: String) throws {
      guard let file = fopen(path, "rb") else { throw PortablePixmap.Malformed(path: path) }
      self.file = file
      header = Stream.line(file)
      var size = (0, 0)
      for word in header.split(separator: " ").dropFirst() {
        if word.first == "W" { size.0 = Int(word.dropFirst()) ?? 0 }
        if word.first == "H" { size.1 = Int(word.dropFirst()) ?? 0 }
      }
      guard size.0 > 0 && size.1 > 0 else { throw PortablePixmap.Malformed(path: path) }
      (width, height) = size
    }

    deinit { fclose(file) }

    static func line(_ file: UnsafeMutablePointer<FILE>) -> String {
      var bytes: [UInt8] = []
      while case let byte = getc(file), byte >= 0, byte != 10 { bytes.append(UInt8(byte)) }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// The next frame's planes, or nil at the end.
    func next() -> [UInt8]? {
      guard Stream.line(file).hasPrefix("FRAME") else { return nil }
      let chroma = (width + 1) / 2 * ((height + 1) / 2)
      let count = width * height + 2 * chroma
      var bytes = [UInt8](repeating: 0, count: count)
      return fread(&bytes, 1, count, file) == count ? bytes : nil
    }

    func luma(_ frame: [UInt8]) -> LumaPlane {
      LumaPlane(
        width: width, height: height, samples: frame[..<(width * height)].map { Float($0) })
    }
  }

  static func embed(
    _ key: MarkKey, _ message: ImageMessage, _ from: String, _ to: String, psnr: Double
  ) throws {
    let stream = try Stream(path: from)
    guard let out = fopen(to, "wb") else { throw PortablePixmap.Malformed(path: to) }
    defer { fclose(out) }
    fputs(stream.header + "\n", out)
    let marker = try FilmMarker(
      key: key, message: message, width: stream.width, height: stream.height, psnr: psnr)
    var number = 0
    var seconds = 0.0
    while var frame = stream.next() {
      let luma = stream.luma(frame)
      let start = MeasureImages.cpu()
      let delta = marker.mark(luma, number: number)
      seconds += MeasureImages.cpu() - start
      for i in delta.samples.indices {
        frame[i] = UInt8(min(max((luma.samples[i] + delta.samples[i]).rounded(), 0), 255))
      }
      fputs("FRAME\n", out)
      fwrite(frame, 1, frame.count, out)
      number += 1
    }
    print("frames \(number) cpu \(seconds) a second \(Double(number) / seconds)")
  }

  static func detect(_ key: MarkKey, _ paths: [String]) throws {
    for path in paths {
      print("FILE \(path)")
      let detector = FilmDetector(key: key)
      let stream = try Stream(path: path)
      let start = MeasureImages.cpu()
      var reading: ImageReading?
      var frames = 0
      while reading == nil, let frame = stream.next() {
        reading = detector.append(stream.luma(frame))
        frames += 1
      }
      if reading == nil { reading = detector.finish() }
      let used = MeasureImages.cpu() - start
      if let reading {
        print(
          "payload \(reading.message) bound \(reading.logBound) frames \(frames) cpu \(used)")
      } else {
        print("nothing frames \(frames) cpu \(used)")
      }
    }
  }
}
