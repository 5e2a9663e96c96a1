import Testing
import _TestSupport

/// The manual pages and completions say what the tools do.
@Suite struct ManualTests {
  static let tools = [
    "cs-order",
    "cs-publish",
    "ds-deliver",
    "hs-store",
    "ledger-enroll",
    "ledger-pay",
    "ledger-report",
    "ledger-verify",
    "shop-burn",
    "wm-detect",
    "wm-embed",
    "wm-keygen",
  ]
  static let pages = tools.map { $0 + ".1" } + ["ledger.5", "sukashi.7"]
  let folder = TemporaryFolder()

  @Test(arguments: pages)
  func thePageIsClean(_ page: String) throws {
    #expect(try ManualPage(page).complaints == "")
  }

  @Test(arguments: pages.filter { $0.hasSuffix(".1") })
  func thePageHasTheOptionsOfTheParser(_ page: String) throws {
    let known = try BuiltTools.options(of: String(page.dropLast(2)))
    #expect(known == (try ManualPage(page).options))
    #expect(known.count > 2)
  }

  @Test(arguments: pages)
  func theExamplesRun(_ page: String) throws {
    try folder.write("song.wav", SyntheticMusic(seconds: 20, seed: 3).wave)
    if page.hasPrefix("wm-") || page == "cs-publish.1" {
      let made = try Subprocess.shell(
        """
        convert -seed 3 -size 640x480 plasma: picture.png
        ffmpeg -v error -loop 1 -i picture.png -i song.wav -t 3 -r 25 -vf crop=448:336:x=2*n:y=n \
          -pix_fmt yuv420p film.mp4
        """, folder: folder.path)
      try #require(made.status == 0, "\(made.errors)")
    }
    if page == "ledger-report.1" { try ExampleLedger.make("provider.ledger", in: folder) }
    if page == "ledger.5" { try ExampleLedger.make("label.ledger", in: folder) }
    #expect(try !ManualPage(page).examples.isEmpty)
    let result = try ManualPage(page).runExamples(tools: Self.tools, in: folder)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func theCompletionsAreTheParsers() throws {
    let root = BuiltTools.packageRoot()
    let builtFolder = try BuiltTools.path("wm-keygen").dropLast("/wm-keygen".count)
    let result = try Subprocess.shell(
      "\(root)/tools/completions \(builtFolder) . && diff -r . \(root)/completions",
      folder: folder.path)
    #expect(result.status == 0, "run make completions\n\(result.text)\(result.errors)")
  }
}
