import _TestSupport

/// A ledger `l`, the content server `cs`, the delivery server `ds`, the home server `home`, the shop
/// `shop`, and a shell in which every tool is used as one of them.
struct VisualShell {
  let folder: TemporaryFolder

  private static let tools = [
    "wm-keygen", "wm-embed", "wm-detect", "cs-publish", "cs-order", "ds-deliver", "hs-store",
    "shop-burn", "ledger-enroll", "ledger-verify",
  ]

  /// What every test begins with: keys, parties, a picture as PNG and JPEG, and a film with sound.
  private static let files = Result {
    let made = VisualShell(folder: TemporaryFolder())
    let result = try made.run(
      """
      set -e
      wm-keygen -o key --name studio; wm-keygen -o other.key
      for name in cs ds home shop; do wm-keygen --signing -o $name.key; done
      as cs ledger-enroll --open test.example/l
      as cs ledger-enroll delivery-server ds --key-file ds.key
      as cs ledger-enroll home-server home --key-file home.key
      as cs ledger-enroll shop shop --key-file shop.key
      as cs ledger-enroll user alice; as cs ledger-enroll user bob
      convert -seed 4 -size 640x480 plasma:fractal -depth 8 a.png
      convert -seed 9 -size 640x480 plasma:fractal -depth 8 b.png
      convert a.png -quality 92 a.jpg
      ffmpeg -v error -f lavfi -i mandelbrot=size=320x240:rate=24 -f lavfi -i anoisesrc=color=pink:seed=5:amplitude=0.4 -t 6.5 \
        -pix_fmt yuv420p -c:v libx264 -preset ultrafast -crf 12 -c:a aac film.mp4
      rm -r *.store
      """)
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return try made.folder.entries.map { (name: $0, bytes: try made.folder.read($0)) }
  }

  init() throws {
    folder = TemporaryFolder()
    for (name, bytes) in try Self.files.get() { try folder.write(name, bytes) }
  }

  private init(folder: TemporaryFolder) { self.folder = folder }

  /// Runs lines of shell: `as PARTY TOOL ...` uses a tool as a party with its own store; `publish`
  /// offers and places a title with the terms of the tests, `order` orders one.
  func run(_ lines: String) throws -> Subprocess {
    let tools = try Self.tools.map { "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }\n" }
    let names = """
      export SUKASHI_LEDGER=l SUKASHI_KEY=key
      BROWSER=\(BuiltTools.packageRoot())/Tests/HomeServingTests/browser
      HS=\(try BuiltTools.path("hs-store")) PUBLISH=\(try BuiltTools.path("cs-publish"))
      chmod 600 *key 2> /dev/null || true
      as() {
        local name=$1; shift; mkdir -p $name.store
        SUKASHI_AS=$name SUKASHI_SIGNING_KEY=$name.key SUKASHI_STORE=$name.store "$@"
      }
      FAST='-c:v libx264 -preset ultrafast -crf 18 -pix_fmt yuv420p'
      publish() {
        local name=$1; shift
        as cs cs-publish --content $name --title "Title $name" --artist Mizuno --currency JPY \
          --price 300 --view 50 --minute 2 --place ds=ds.store "$@"
      }
      order() { local name=$1 user=$2; shift 2; as cs cs-order --id $name --user $user "$@"; }

      """
    return try Subprocess.shell(
      tools.joined() + names + lines, folder: folder.path, seconds: 180)
  }
}
