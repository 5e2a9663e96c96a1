import AudioStreams
import DiscLayout
import Distribution
import Ledger
import Outlets
import Trade

extension DiscMaker {
  /// Audio discs: one track for each content.
  func audioDiscs() throws -> [LaidDisc] {
    let holding = holding
    let copies = try holding.items.indices.map { number in
      try TrackAudio(seed: UInt64(holding.items[number].serial)) { try holding.audio(number) }
    }
    let published = try holding.items.map { try facts.title($0.content) }
    let tracks = zip(copies, zip(holding.items, published)).map { copy, title in
      DiscTrack(
        title: written(title.1?.title ?? title.0.title) ?? "\(title.0.content)",
        performer: written(title.1?.artist ?? title.0.artist), isrc: title.1?.isrc,
        frames: copy.frames)
    }
    let parts = try DiscPlan.split(
      tracks.map(\.sectors), mostItems: RedBook.mostTracks, capacity: capacity)
    return parts.enumerated().map { number, items in
      let own = Array(tracks[items])
      let title =
        written(common(copies[items].map(\.album))) ?? (own.count == 1 ? own[0].title : nil)
      let disc = AudioDisc(
        title: numbered(
          title ?? "\(holding.order.ordered.order)", number, of: parts.count),
        performer: common(own.map(\.performer)) ?? (own.count == 1 ? own[0].performer : nil),
        product: common(published[items].map { $0?.icpn }), tracks: own)
      return LaidDisc(kind: .audio(disc), items: items, sectors: disc.sectors) {
        items.flatMap { number in
          Self.parts(copies[number]) { try holding.open(number) }
        }
      }
    }
  }

  /// What a track is made of.
  private static func parts(_ copy: TrackAudio, _ held: @escaping () throws -> HeldFile)
    -> [DiscPart]
  {
    guard copy.isStored else { return [.streamed(copy.send)] }
    let byteCount = Int64(copy.frames * RedBook.frameSize)
    let samples: DiscPart =
      if let start = copy.placeOfBytes {
        .held(start..<start + byteCount, held)
      } else {
        .placed(byteCount: byteCount) { StoredTrack(copy).read }
      }
    return [samples, .zeros(Int64(copy.sectors * RedBook.sectorSize) - byteCount)]
  }

  /// A text that CD-TEXT can hold; nil for others.
  private func written(_ text: String?) -> String? {
    text.flatMap { SheetText.canHold($0) ? $0 : nil }
  }

  /// What all of them are, if they are the same.
  private func common<Value: Equatable>(_ values: [Value?]) -> Value? {
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}
