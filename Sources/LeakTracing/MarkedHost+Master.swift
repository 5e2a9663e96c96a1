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
}
