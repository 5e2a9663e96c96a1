import _TestSupport

/// A folder with a key, a piece of music of 20 s, and the tools by their names.
struct EmbedFolder {
  static let message = "00112233445566778899aabbccddeeff"
  static let other = "fedcba98765432100123456789abcdef"

  private static let song = SyntheticMusic(seconds: 20, seed: 5).wave
  let folder = TemporaryFolder()

  init() throws {
    try folder.write("song.wav", Self.song)
    _ = try run("wm-keygen -o key --name studio; wm-keygen -o other.key")
  }

  /// Runs lines of shell; `$M` and `$N` are messages, and `embed` marks with the key and `$M`.
  func run(_ lines: String, environment: [String: String] = [:]) throws -> Subprocess {
    let tools = try ["wm-keygen", "wm-embed", "wm-detect"].map { tool in
      "\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }\n"
    }
    let names = """
      M=\(Self.message) N=\(Self.other)
      embed() { wm-embed --key key --message $M "$@"; }
      detect() { wm-detect --key key --search narrow "$@" | grep -o 'message=[0-9a-f]*'; }

      """
    return try Subprocess.shell(
      tools.joined() + names + lines, environment: environment, folder: folder.path, seconds: 120)
  }

  /// The files in the folder that were not there from the beginning.
  var made: [String] {
    folder.entries.filter { !["song.wav", "key", "other.key"].contains($0) }
  }
}
