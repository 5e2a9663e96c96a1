import AudioMark
import AudioStreams
import MarkKeys
import MovieFragments
import Testing

@testable import Masters

/// Which frames of sound belong to which segment of a film.
@Suite struct FilmSoundtrackTests {
  private func index(_ frames: Int, size: UInt32 = 100, shortTail: Bool) -> MasterIndex {
    var index = MasterIndex(layers: SlotSchedule(key: MasterFolder.key).layer)
    for _ in 0..<(shortTail ? frames - 1 : frames) { index.append(differs: false) }
    index.set(
      frameSizes: Array(repeating: size, count: frames), Array(repeating: size, count: frames))
    return index
  }

  private func sound(samples: Int) -> MarkedFilmSound {
    let format = AudioFormat(
      sampleRate: 48_000, channelCount: 2, container: .wav, encoding: .int16)
    return MarkedFilmSound(
      copyright: Message(high: 0, low: 0), format: format, sampleCount: samples)
  }

  /// Every frame is in the segment that is shown when it begins, whatever the rate of the pictures.
  @Test(arguments: [(25, 1), (24, 1), (30_000, 1001), (24_000, 1001), (15, 2)])
  func everyFrameHasItsSegment(_ numerator: Int, _ denominator: Int) throws {
    // Units of a fraction of a frame; segments as FilmMarker counts them.
    let timescale = UInt32(numerator * 100)
    let perSegment = (2 * numerator + denominator - 1) / denominator
    let film = FilmIndex(
      (0..<7).map { _ in
        .init(duration: UInt32(perSegment * denominator * 100), a: 1000, b: 1001)
      })
    for samples in [960 * 20, 960 * 700 + 1, 960 * 702] {
      let frames = (samples + 959) / 960
      let track = try FilmSoundtrack(
        sound(samples: samples), index(frames, shortTail: samples % 960 != 0), film,
        timescale: timescale)
      #expect(track.segments.flatMap(Array.init) == Array(0..<frames))
      for (number, segment) in track.segments.enumerated() {
        let start = Double(number * perSegment * denominator) / Double(numerator)
        let end = start + Double(perSegment * denominator) / Double(numerator)
        for frame in segment {
          #expect(Double(frame) / 50 >= start - 1e-9)
          #expect(Double(frame) / 50 < end - 1e-9 || number == 6)
        }
        let variants = [MarkVariant](repeating: .a, count: track.index.symbolCount)
        if segment.isEmpty {
          #expect(track.byteCount(ofSegment: number, variants) == 0)
        } else {
          let fragment = track.fragment(number, variants, track: 2)
          #expect(fragment.dataCount == 100 * segment.count)
          #expect(
            fragment.lengths?.last == (segment.upperBound > track.index.symbolCount ? 1 : nil))
        }
      }
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    let film = FilmIndex([.init(duration: 50, a: 1000, b: 1000)])
    func make(_ index: MasterIndex, samples: Int) throws(IndexFault) {
      _ = try FilmSoundtrack(sound(samples: samples), index, film, timescale: 25)
    }
    #expect(throws: IndexFault.self) { try make(index(99, shortTail: false), samples: 96_000) }
    #expect(throws: IndexFault.self) { try make(index(100, shortTail: true), samples: 96_000) }
    #expect(throws: Never.self) { try make(index(100, shortTail: false), samples: 96_000) }
    // A hundred and thirty frames of 16 MiB behind two seconds of pictures.
    let large = index(130, size: 1 << 24 - 1, shortTail: false)
    #expect(throws: IndexFault.self) { try make(large, samples: 130 * 960) }
    let fits = index(120, size: 1 << 24 - 1, shortTail: false)
    #expect(throws: Never.self) { try make(fits, samples: 120 * 960) }
  }
}
