import AudioStreams
import CommandLineSupport
import Testing
import _TestSupport

/// Rounding, limits and the order of bytes, through files written and read.
@Suite struct SampleConversionTests {
  let folder = TemporaryFolder()

  private func stored(_ samples: [Float], _ encoding: SampleEncoding) throws -> [UInt8] {
    let path = folder.path("x.wav")
    let output = try OutputFile(path, contents: .binary)
    let format = AudioFormat(
      sampleRate: 48000, channelCount: 1, container: .wav, encoding: encoding)
    let writer = try AudioWriter(to: output, format: format, frameCount: samples.count)
    try samples.withUnsafeBufferPointer { try writer.write($0) }
    try writer.finish()
    let bytes = try folder.read("x.wav")
    let count = samples.count * encoding.byteCount
    let end = bytes.count - count % 2
    return Array(bytes[(end - count)..<end])
  }

  private func integers(_ samples: [Float], _ encoding: SampleEncoding) throws -> [Int] {
    let bytes = try stored(samples, encoding)
    let size = encoding.byteCount
    return stride(from: 0, to: bytes.count, by: size).map { start in
      let value = (0..<size).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
      if size == 1 { return value - 128 }
      return value >= 1 << (8 * size - 1) ? value - 1 << (8 * size) : value
    }
  }

  @Test(arguments: [SampleEncoding.int8, .int16, .int24])
  func halvesGoToTheEvenNumber(_ encoding: SampleEncoding) throws {
    let scale = Float(1 << (8 * encoding.byteCount - 1))
    let samples: [Float] = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49, 0.51, 7].map { $0 / scale }
    #expect(try integers(samples, encoding) == [0, 2, 2, 0, -2, -2, 0, 1, 7])
  }

  @Test(arguments: [SampleEncoding.int8, .int16, .int24, .int32])
  func whatIsTooLargeIsLimited(_ encoding: SampleEncoding) throws {
    let top = 1 << (8 * encoding.byteCount - 1)
    let samples: [Float] = [1, -1, 2, -2, .infinity, -.infinity, .nan, 1e30, -0.0]
    let expected = [top - 1, -top, top - 1, -top, top - 1, -top, 0, top - 1, 0]
    #expect(try integers(samples, encoding) == expected)
  }

  @Test func everySixteenBitNumberComesBack() throws {
    let samples = (Int(Int16.min)...Int(Int16.max)).map { Float($0) / 32768 }
    #expect(try integers(samples, .int16) == Array(Int(Int16.min)...Int(Int16.max)))
    let reader = try AudioReader(path: folder.path("x.wav"))
    var back = [Float](repeating: 0, count: samples.count + 5)
    let count = try back.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
    #expect(count == samples.count && Array(back[..<count]) == samples)
  }

  @Test func aReaderGivesFullBlocksUntilTheEnd() throws {
    _ = try stored([Float](repeating: 0.25, count: 100_003), .int24)
    let reader = try AudioReader(path: folder.path("x.wav"))
    #expect(reader.frameCount == 100_003)
    var block = [Double](repeating: 0, count: 1000)
    var counts: [Int] = []
    repeat {
      counts.append(try block.withUnsafeMutableBufferPointer { try reader.read(into: $0) })
    } while counts.last != 0
    #expect(counts == [Int](repeating: 1000, count: 100) + [3, 0])
    #expect(reader.warnings.isEmpty)
  }

  @Test(arguments: [0, 7, 8, 63, 64])
  func whatIsNotFiniteIsFound(_ place: Int) {
    var samples = [Float](repeating: 1, count: 65)
    #expect(samples.withUnsafeBufferPointer { firstNonFinite(in: $0) } == nil)
    for value: Float in [.nan, .infinity, -.infinity] {
      samples[place] = value
      #expect(samples.withUnsafeBufferPointer { firstNonFinite(in: $0) } == place)
    }
  }
}
