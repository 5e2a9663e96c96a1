import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys

/// Marks and reads pictures as PPM or PGM files, for Benchmarks/pictures/measure.
///
///     measure-images embed KEY HEX IN.ppm OUT.ppm [PSNR]
///     measure-images detect KEY LIST            a FILE line for each picture, and what was read
///     measure-images wrong-keys FIRST N LIST    random keys on pictures: what is found, and the bound
///     measure-images innocents KEY LIST N       made-up copies on pictures, and their bound
///     measure-images trace KEY LIST HEX,HEX... [N]  the copies named, of those and N made-up ones
///
/// KEY is any text. HEX has 32 or 16 digits.
@main struct MeasureImages {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 4 else { throw Usage() }
    let key = key(words[2])
    switch words[1] {
    case "embed":
      guard words.count >= 6 else { throw Usage() }
      let picture = try PortablePixmap(path: words[4])
      let message = try message(words[3])
      let psnr = words.count > 6 ? Double(words[6]) ?? 42 : 42
      let marker = try ImageMarker(key: key, message: message, psnr: psnr)
      let start = cpu()
      let delta = marker.mark(picture.luma)
      if words.count > 7 { print("embed cpu \(cpu() - start)") }
      try picture.adding(delta).write(to: words[5])
    case "detect":
      let detector = ImageDetector(key: key)
      for path in try lines(words[3]) {
        print("FILE \(path)")
        let luma = try PortablePixmap(path: path).luma
        let start = cpu()
        let reading = detector.detect(luma)
        let used = cpu() - start
        if let reading {
          let g = reading.geometry
          print(
            "payload \(reading.message) score \(reading.score) bound \(reading.logBound)",
            "period \(g.period) rotation \(g.rotation) mirrored \(g.isMirrored) cpu \(used)")
        } else {
          print("nothing cpu \(used)")
        }
      }
    case "wrong-keys":
      guard words.count >= 5, let first = Int(words[2]), let count = Int(words[3]), count > 0 else {
        throw Usage()
      }
      try ChanceTrials(lines(words[4])).wrongKeys(first..<first + count)
    case "innocents":
      guard words.count >= 5 else { throw Usage() }
      try ChanceTrials(lines(words[3])).innocents(Int(words[4]) ?? 1000, key: key)
    case "trace":
      guard words.count >= 5 else { throw Usage() }
      let messages = try words[4].split(separator: ",").map { try message(String($0)) }
      try trace(
        ImageDetector(key: key), try lines(words[3]), messages,
        others: words.count > 5 ? Int(words[5]) ?? 0 : 0)
    default: throw Usage()
    }
  }

  /// A message of 32 or 16 digits.
  static func message(_ text: String) throws -> ImageMessage {
    text.utf8.count == 32
      ? .full(try Message(hexadecimal: text)) : .short(try ShortMessage(hexadecimal: text))
  }

  static func trace(
    _ detector: ImageDetector, _ paths: [String], _ messages: [ImageMessage], others: Int
  ) throws {
    var candidates = messages
    for number in 0..<others {
      let bits = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
      candidates.append(
        messages[0].bitCount == 128
          ? .full(Message(high: 1 << 48, low: bits)) : .short(ShortMessage(bits: bits)))
    }
    for path in paths {
      print("FILE \(path)")
      let luma = try PortablePixmap(path: path).luma
      let start = cpu()
      let found = detector.trace(luma, candidates: candidates)
      for one in found {
        print("payload \(one.message) bound \(one.logBound) ratio \(one.logRatio)")
      }
      print("cpu \(cpu() - start)")
    }
  }

  struct Usage: Error {}

  /// A key made of a text.
  static func key(_ text: String) -> MarkKey {
    let bytes = Array(text.utf8)
    let secret = bytes.withUnsafeBytes {
      KeyDerivation.hkdf(material: $0, salt: [], info: [], count: 32)
    }
    return MarkKey(name: text, secret: Secret(secret))
  }

  /// Seconds of CPU that this process has used.
  static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
