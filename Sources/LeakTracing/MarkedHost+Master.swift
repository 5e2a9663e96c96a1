package import AudioMark
import AudioStreams
package import Masters

extension MarkedHost {
  /// The recording of a master.
  ///
  /// - Parameter master: it is read as far as it is needed.
  package init(_ master: Master) {
    let format = master.manifest.format
    self.init(
      sampleRate: format.sampleRate, channelCount: format.channelCount,
      frameCount: master.manifest.frameCount
    ) { variant, frames, samples in
      try master.read(variant, frames: frames, into: samples)
    }
  }

  /// The marked sound of a film; nil without any.
  ///
  /// - Parameter film: its master, which is read as far as it is needed.
  package init?(_ film: FilmMaster) {
    guard let sound = film.soundtrack?.sound else { return nil }
    self.init(
      sampleRate: sound.format.sampleRate, channelCount: sound.format.channelCount,
      frameCount: sound.sampleCount
    ) { variant, frames, samples in
      try film.read(variant, frames: frames, into: samples)
    }
  }
}
