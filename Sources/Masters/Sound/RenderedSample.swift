import AudioMark
import AudioStreams

/// The two widths of sample that pass through a mark.
protocol RenderedSample: BinaryFloatingPoint & Sendable {
  static func read(_ reader: AudioReader, into samples: UnsafeMutableBufferPointer<Self>) throws
    -> Int
  static func mark(
    _ stream: MarkingStream, _ samples: UnsafeMutablePointer<Self>, frames: Int) throws
  static func encode(
    _ samples: UnsafePointer<Self>, _ count: Int, as encoding: SampleEncoding,
    into stored: UnsafeMutableRawPointer)
}

extension Float: RenderedSample {
  static func read(
    _ reader: AudioReader, into samples: UnsafeMutableBufferPointer<Float>
  ) throws -> Int { try reader.read(into: samples) }

  static func mark(
    _ stream: MarkingStream, _ samples: UnsafeMutablePointer<Float>, frames: Int
  ) throws { try stream.mark(samples, frames: frames) }

  static func encode(
    _ samples: UnsafePointer<Float>, _ count: Int, as encoding: SampleEncoding,
    into stored: UnsafeMutableRawPointer
  ) { StoredSamples.encode(samples, count, as: encoding, into: stored) }
}

extension Double: RenderedSample {
  static func read(
    _ reader: AudioReader, into samples: UnsafeMutableBufferPointer<Double>
  ) throws -> Int { try reader.read(into: samples) }

  static func mark(
    _ stream: MarkingStream, _ samples: UnsafeMutablePointer<Double>, frames: Int
  ) throws { try stream.mark(samples, frames: frames) }

  static func encode(
    _ samples: UnsafePointer<Double>, _ count: Int, as encoding: SampleEncoding,
    into stored: UnsafeMutableRawPointer
  ) { StoredSamples.encode(samples, count, as: encoding, into: stored) }
}
