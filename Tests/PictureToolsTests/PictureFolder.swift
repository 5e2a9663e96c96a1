import Testing
import _TestSupport

/// A folder with a key, pictures, and the tools by their names.
struct PictureFolder {
  static let message = "00010002000300000000000400000005"
  /// Content server 1, serial 5, outlet 3.
  static let short = "0001000000050003"
  let folder = TemporaryFolder()

  /// Makes `a.png`, `b.png` and `a.jpg`, 640 x 480 pixels.
  init() throws {
    let made = try run(
      """
      wm-keygen -o key --name studio; wm-keygen -o other.key
      convert -seed 4 -size 640x480 plasma:fractal -depth 8 a.png
      convert -seed 9 -size 640x480 plasma:fractal -depth 8 b.png
      convert a.png -quality 92 a.jpg
      """)
    guard made.status == 0 else { throw TestFailure(made.errors) }
  }

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
