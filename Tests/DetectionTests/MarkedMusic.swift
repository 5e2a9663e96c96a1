import Glibc
import _TestSupport

/// Keys, always the same, and pieces of music marked with them, made once for all tests.
///
/// In a folder of its own for each test lie links to `alice.key`, `bob.key`, `plain.wav` (not
/// marked), `a.wav` (alice's key, message `MarkedMusic.a`), `b.wav` (another message, other music)
/// and `bob.wav` (bob's key), each 40 s.
struct MarkedMusic {
  static let a = "00010002000300000000000400000005"
  static let b = "ffeeddccbbaa99887766554433221100"
  static let bob = "0f0e0d0c0b0a09080706050403020100"

  private static let made = Result { try make() }
  private static let names = ["alice.key", "bob.key", "plain.wav", "a.wav", "b.wav", "bob.wav"]

  let folder = TemporaryFolder()

  init() throws {
    let source = try Self.made.get()
    let links = Self.names.map { "ln -s \(source.path($0)) \($0)" }.joined(separator: "\n")
    _ = try Subprocess.shell(links, folder: folder.path)
  }

  /// Runs lines of shell in which the tools of the package go by their names.
  func run(
    _ lines: String, environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Subprocess {
    try Self.shell(lines, environment: environment, input: input, folder)
  }

  private static func shell(
    _ lines: String, environment: [String: String] = [:], input: [UInt8] = [],
    _ folder: TemporaryFolder
  ) throws -> Subprocess {
    let tools = try ["wm-keygen", "wm-embed", "wm-detect"].map { tool in
      "\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }\n"
    }
    return try Subprocess.shell(
      tools.joined() + lines, input: input, environment: environment, folder: folder.path,
      seconds: 120)
  }

  private static func make() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    atexit { try? MarkedMusic.made.get().remove() }
    try folder.write("plain.wav", SyntheticMusic(seconds: 40, seed: 1).wave)
    try folder.write("other.wav", SyntheticMusic(seconds: 40, seed: 2).wave)
    let result = try shell(
      """
      set -e
      printf 'sukashi-mark-key 1\\nsecret %064d\\n' 11 > alice.key
      printf 'sukashi-mark-key 1\\nsecret %064d\\n' 12 > bob.key
      chmod 600 alice.key bob.key
      wm-embed --key alice.key --message \(a) -o a.wav plain.wav
      wm-embed --key alice.key --message \(b) -o b.wav other.wav
      wm-embed --key bob.key --message \(bob) -o bob.wav plain.wav
      """, folder)
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return folder
  }
}
