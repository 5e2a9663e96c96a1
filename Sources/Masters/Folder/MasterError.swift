package import AudioStreams
import CommandLineSupport

/// Why a master cannot be made or used; the first value is the path of the master.
package enum MasterError: ExplainedError, Equatable {
  /// The folder has no manifest.
  case notAMaster(String)
  /// The manifest cannot be read.
  case badManifest(String, String)
  /// A part is missing, or has another length than the manifest says.
  case wrongSize(String, MasterPart, found: Int64?, expected: Int64)
  /// A part has other bytes than the manifest says.
  case wrongHash(String, MasterPart)
  /// The index contradicts itself or the manifest.
  case badIndex(String, String)
  /// A key is not the one of the manifest.
  case wrongSecret(String, MasterSecret.Name)
  /// The master has no FLAC frames.
  case noFrames(String, sampleRate: Int)
  /// Samples cannot be stored this way in a master.
  case encoding(String, SampleEncoding)
  /// The two variants differ where they must be equal.
  case variantsDiffer(String, symbol: Int)
  /// The input ends before what it announced.
  case truncated(String)
  /// The codeword does not reach the end of the recording.
  case shortCodeword(String, bits: Int, needed: Int)
  /// Film is not of a kind that is encoded.
  case filmFormat(String)
  /// A film has no pictures.
  case noPictures(String)
  /// A film has no sound, which alone has a place for what is to be said.
  case noSound(String)
  /// An encoder failed, or what it gave cannot be used.
  case encoder(String, String)

  package var description: String {
    switch self {
    case .notAMaster(let path): "\(quoted(path)) is not a master"
    case .badManifest(let path, let reason):
      "the manifest of the master \(quoted(path)) cannot be read: \(reason)"
    case .wrongSize(let path, let part, nil, _):
      "the master \(quoted(path)) has no file \(quoted(part.rawValue))"
    case .wrongSize(let path, let part, let found?, let expected):
      "\(quoted(part.rawValue)) of the master \(quoted(path)) has \(found) bytes instead of "
        + "\(expected)"
    case .wrongSecret(let path, let name):
      "\(quoted(name.rawValue)) of the master \(quoted(path)) is not the one its manifest was made "
        + "with"
    case .wrongHash(let path, let part):
      "\(quoted(part.rawValue)) of the master \(quoted(path)) does not have the manifest's hash"
    case .badIndex(let path, let reason):
      "the index of the master \(quoted(path)) is damaged: \(reason)"
    case .noFrames(let path, let rate):
      "the master \(quoted(path)) has no FLAC frames, since symbols differ in length at "
        + "\(rate) Hz"
    case .encoding(let path, let encoding):
      "the master \(quoted(path)) cannot hold \(encoding.rawValue)"
    case .variantsDiffer(let path, let symbol):
      "the variants of the master \(quoted(path)) differ in symbol \(symbol), which must be equal"
    case .truncated(let name): "\(quoted(name)) is cut short"
    case .shortCodeword(let path, let bits, let needed):
      "the codeword has \(bits) bits, but the master \(quoted(path)) takes \(needed)"
    case .noPictures(let name): "\(quoted(name)) has sound and no moving pictures"
    case .noSound(let name):
      "\(quoted(name)) has no sound, and only the copyright mark of sound has a place for rights"
    case .filmFormat(let name): "\(quoted(name)) has opacity"
    case .encoder(let path, let reason): "cannot encode the master \(quoted(path)): \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .wrongSize, .wrongHash, .badIndex, .badManifest, .wrongSecret:
      "fetch the master anew"
    case .noFrames: "deliver another format, such as wav"
    case .truncated: "repair it first, for instance with ffmpeg -i IN -c copy OUT"
    case .encoding: "masters hold 8, 16 or 24 bits"
    case .filmFormat: "convert it: ffmpeg -i IN -pix_fmt yuv420p -f yuv4mpegpipe -"
    case .noPictures: "publish sound as WAV, FLAC, or what libsndfile reads: ffmpeg -i IN OUT.flac"
    case .notAMaster, .variantsDiffer, .shortCodeword, .noSound, .encoder: nil
    }
  }
}
