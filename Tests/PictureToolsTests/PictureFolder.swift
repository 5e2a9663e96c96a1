import Testing
import _TestSupport

/// A folder with a key, pictures, and the tools by their names.
struct PictureFolder {
  static let message = "00010002000300000000000400000005"
  /// Content server 1, serial 5, outlet 3.
  static let short = "0001000000050003"
  let folder: TemporaryFolder

  /// The files that every test begins with: two keys, `a.png`, `b.png` and `a.jpg`, 640 x 480 pixels.
  private static let files = Result {
    let made = try PictureFolder(TemporaryFolder())
    let result = try made.run(
      """
      wm-keygen -o key --name studio; wm-keygen -o other.key
      convert -seed 4 -size 640x480 plasma:fractal -depth 8 a.png
      convert -seed 9 -size 640x480 plasma:fractal -depth 8 b.png
      convert a.png -quality 92 a.jpg
      """)
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return try made.folder.entries.map { (name: $0, bytes: try made.folder.read($0)) }
  }

  init() throws {
    try self.init(TemporaryFolder())
    for (name, bytes) in try Self.files.get() { try folder.write(name, bytes) }
  }

  private init(_ folder: TemporaryFolder) throws { self.folder = folder }

  /// Runs lines of shell; `$M` is the message, and `embed` and `detect` have the key.
  func run(_ lines: String) throws -> Subprocess {
    let tools = try ["wm-keygen", "wm-embed", "wm-detect", "_ledger-append"].map { tool in
      "\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }\n"
    }
    let names = """
      M=\(Self.message)
      embed() { wm-embed --key key --message $M "$@"; }
      detect() { wm-detect --key key "$@"; }

      """
    return try Subprocess.shell(
      tools.joined() + names + lines, folder: folder.path, seconds: 120)
  }
}
