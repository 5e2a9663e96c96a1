import Testing

@testable import AudioStreams

/// Headers made for a known length.
@Suite struct WaveFileHeaderTests {
  private let format = AudioFormat(
    sampleRate: 44100, channelCount: 2, container: .wav, encoding: .int16)

  private func header(frames: Int, as container: AudioContainer = .wav) -> [UInt8] {
    var format = format
    format.container = container
    return WaveFileHeader(format, AudioMetadata(tags: [.title: "x"]), frameCount: frames).bytes
  }

  private func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes[range].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  @Test func smallFilesAreRIFF() {
    let bytes = header(frames: 1000)
    #expect(bytes.starts(with: "RIFF".utf8))
    #expect(number(bytes, 4..<8) == bytes.count - 8 + 4000)
    #expect(number(bytes, bytes.count - 4..<bytes.count) == 4000)
  }

  @Test func largeFilesAreRF64() {
    // The first length whose RIFF is too large, and the one before it.
    let head = header(frames: 1).count
    let most = (0xFFFF_FF00 - 1 - head - 1) / 4
    #expect(header(frames: most).starts(with: "RIFF".utf8))
    let frames = most + 2
    let bytes = header(frames: frames)
    #expect(bytes.starts(with: "RF64".utf8))
    #expect(bytes[12..<16].elementsEqual("ds64".utf8))
    #expect(number(bytes, 20..<28) == bytes.count - 8 + 4 * frames)
    #expect(number(bytes, 28..<36) == 4 * frames)
    #expect(number(bytes, 36..<44) == frames)
    #expect(bytes.suffix(4) == [255, 255, 255, 255])
    #expect(header(frames: 1, as: .rf64).starts(with: "RF64".utf8))
  }
}
