import _TestSupport

/// A folder with the copying tool and the referee programs at hand.
struct AudioCopying {
  let folder = TemporaryFolder()

  /// Runs shell lines in the folder; `audio-copy` is the reader and writer under test.
  func shell(_ lines: String) throws -> Subprocess {
    let tool = try BuiltTools.path("_audio-copy")
    return try Subprocess.shell(
      "set -e\naudio-copy() { \(tool) \"$@\"; }\n" + lines, folder: folder.path, seconds: 60)
  }

  /// A file of noise at full scale made by sox: `name` decides the container.
  func noise(
    _ name: String, rate: Int = 44100, channels: Int = 2, bits: Int = 16, float: Bool = false,
    frames: Int = 20011
  ) throws -> Subprocess {
    try shell(
      "sox -D -R -r \(rate) -n -c \(channels) -b \(bits) \(float ? "-e float" : "") \(name) "
        + "synth \(frames)s whitenoise gain -n")
  }
}

/// The parts of a small WAVE file, to be put together rightly or wrongly.
enum WaveBytes {
  static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    Array(name.utf8) + number(bytes.count, 4) + bytes + (bytes.count % 2 == 1 ? [0] : [])
  }

  static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func format(
    tag: Int = 1, channels: Int = 1, rate: Int = 44100, bits: Int = 16, frame: Int? = nil
  ) -> [UInt8] {
    let frame = frame ?? channels * bits / 8
    return chunk(
      "fmt ",
      number(tag, 2) + number(channels, 2) + number(rate, 4) + number(rate * frame, 4)
        + number(frame, 2) + number(bits, 2))
  }

  static func riff(_ chunks: [UInt8]...) -> [UInt8] {
    let body = Array("WAVE".utf8) + chunks.flatMap { $0 }
    return Array("RIFF".utf8) + number(body.count, 4) + body
  }
}
