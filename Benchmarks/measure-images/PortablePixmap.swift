import Glibc
import ImageMark

/// A picture of 8 bits in a binary PPM or PGM file.
struct PortablePixmap {
  let width: Int
  let height: Int
  /// 1 or 3.
  let channels: Int
  var samples: [UInt8]

  struct Malformed: Error { let path: String }

  /// - Throws: `Malformed` for anything else.
  init(path: String) throws {
    let bytes = try contents(path)
    var position = 0
    func word() -> String {
      while position < bytes.count, bytes[position] <= 32 || bytes[position] == 35 {
        if bytes[position] == 35 {
          while position < bytes.count && bytes[position] != 10 { position += 1 }
        } else {
          position += 1
        }
      }
      let start = position
      while position < bytes.count && bytes[position] > 32 { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    let kind = word()
    guard kind == "P5" || kind == "P6", let width = Int(word()), let height = Int(word()),
      word() == "255"
    else { throw Malformed(path: path) }
    self.width = width
    self.height = height
    channels = kind == "P5" ? 1 : 3
    samples = Array(bytes[(position + 1)...])
    guard samples.count == width * height * channels else { throw Malformed(path: path) }
  }

  /// The luma of ITU-R BT.601.
  var luma: LumaPlane {
    var values = [Float](repeating: 0, count: width * height)
    for i in values.indices {
      if channels == 1 {
        values[i] = Float(samples[i])
      } else {
        let (red, green) = (Float(samples[3 * i]), Float(samples[3 * i + 1]))
        values[i] = 0.299 * red + 0.587 * green + 0.114 * Float(samples[3 * i + 2])
      }
    }
    return LumaPlane(width: width, height: height, samples: values)
  }

  /// The picture with a difference added to all channels.
  func adding(_ delta: LumaPlane) -> PortablePixmap {
    var result = self
    for i in samples.indices {
      let value = Float(samples[i]) + delta.samples[i / channels]
      result.samples[i] = UInt8(min(max(value.rounded(), 0), 255))
    }
    return result
  }

  func write(to path: String) throws {
    guard let file = fopen(path, "wb") else { throw Malformed(path: path) }
    defer { fclose(file) }
    fputs("P\(channels == 1 ? 5 : 6)\n\(width) \(height)\n255\n", file)
    fwrite(samples, 1, samples.count, file)
  }
}

/// The bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw PortablePixmap.Malformed(path: path) }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
    done = fread(buffer.baseAddress, 1, count, file)
  }
}

/// The lines of a file that are not empty.
func lines(_ path: String) throws -> [String] {
  String(decoding: try contents(path), as: UTF8.self).split(separator: "\n").map(String.init)
}
