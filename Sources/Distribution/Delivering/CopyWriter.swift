import AudioStreams
package import CommandLineSupport
import Ledger
import Masters
import MovieFragments
import Signing

/// Writes copies in a format: of sound and film out of the variants of their masters, of pictures by
/// marking each for itself.
package final class CopyWriter {
  private let wanted: DeliveredFormat
  private let hashes: Bool
  private var sound: SoundWriter?
  private var film: FilmSplicer?

  /// - Parameters:
  ///   - format: the format of the copies.
  ///   - hashes: whether their hashes are wanted, which cost more than everything else.
  package init(_ format: DeliveredFormat, hashes: Bool) {
    wanted = format
    self.hashes = hashes
  }

  /// The format of a copy: where nobody chose one, sound for an audio disc is WAVE, which a shop need
  /// not decode.
  ///
  /// - Throws: `DeliveryFault.otherFormat`.
  package func format(_ job: CopyJob) throws -> DeliveredFormat {
    if wanted == .automatic, job.order.ordered.medium == .compactDisc, case .sound = job.held.medium
    {
      return .sound(.wav)
    }
    return try wanted.format(of: job.held)
  }

  /// Makes sure that copies of a master can be had in the format.
  ///
  /// - Throws: `DeliveryFault.otherFormat`, `MasterError.noFrames` or `AudioError`.
  package func check(_ held: HeldMaster) throws {
    let format = try wanted.format(of: held)
    if case .sound(let master) = held.medium { try soundWriter(format).check(master) }
  }

  /// Writes a copy.
  ///
  /// - Parameters:
  ///   - job: which one.
  ///   - output: making it final is left to the caller.
  ///   - needsHash: whether the hash is wanted in any case.
  /// - Returns: how many bytes, and their hash if it is wanted.
  /// - Throws: `DeliveryFault.otherFormat`, `MasterError`, `AudioError`, `ImageError` or `SystemError`.
  package func write(
    _ job: CopyJob, to output: OutputFile, needsHash: Bool = false
  ) throws -> WrittenCopy {
    let format = try format(job)
    var hasher = SHA256Hasher()
    let start = output.byteCount
    let hashes = self.hashes || needsHash
    if hashes { output.observe = { hasher.update($0) } }
    defer { output.observe = nil }
    switch job.held.medium {
    case .sound(let master): try soundWriter(format).write(job, of: master, to: output)
    case .film(let master):
      let choice = try FilmChoice(
        master, identity: job.marking.message, codeword: job.codeword)
      try splicer(master).write(choice, tags: MovieTags(job.tags), to: output)
    case .picture(let master): try master.writeCopy(job.marking.message, to: output)
    }
    return WrittenCopy(bytes: output.byteCount - start, hash: hashes ? hasher.finish() : nil)
  }

  private func soundWriter(_ format: DeliveredFormat) -> SoundWriter {
    guard case .sound(let container) = format else { preconditionFailure("not sound") }
    if let sound, sound.container == container { return sound }
    let new = SoundWriter(container)
    sound = new
    return new
  }

  private func splicer(_ master: FilmMaster) -> FilmSplicer {
    if let film, film.master === master { return film }
    let new = FilmSplicer(master)
    film = new
    return new
  }
}

extension MovieTags {
  /// What a film says about itself.
  init(_ tags: CopyTags) {
    let texts = tags.metadata.tags
    self.init(title: texts[.title], artist: texts[.artist], comment: texts[.comment])
  }
}
