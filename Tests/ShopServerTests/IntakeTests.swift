import Ledger
import Testing
import _TestSupport

/// What a shop takes and keeps, and what not.
@Suite struct IntakeTests {
  @Test func parcelsForOthersOrOfOthersAreRefused() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      order --id o2 --content t1 | ds > straight.flac
      head -c 200000 p.tar > cut.tar
      cp p.tar flipped.tar
      printf X | dd of=flipped.tar bs=1 seek=300000 conv=notrunc status=none
      cp l l.before
      """)
    for (line, said) in [
      ("shop2 --keep p.tar", "the parcel for 'o1' is for 'kiosk', not 'kiosk-2'"),
      ("shop --keep straight.flac", "the stream is not a tar archive"),
      ("shop --keep cut.tar", "error: "),
      ("shop --keep flipped.tar", "was changed"), ("shop --keep /dev/null", "error: "),
      ("shop --image d.cue nothing", "cannot open 'nothing'"),
      ("as ds shop shop-burn --keep p.tar", "'ds' is not enrolled as a shop"),
      (
        "SUKASHI_STORE=shop shop-burn --as kiosk --signing-key ds.key --keep p.tar",
        "the signing key is not the one 'kiosk' is enrolled with"
      ), ("as kiosk nowhere shop-burn --keep p.tar", "the store 'nowhere' is not a folder"),
    ] {
      let errors = try shell.expectFailure(line)
      #expect(errors.contains(said), "\(line): \(errors)")
      #expect(try shell.leftovers.isEmpty, "\(line)")
    }
    try shell.expectSuccess("cmp l l.before; shop --image d.cue p.tar")
  }

  @Test(arguments: [
    ("", "nothing is named to write on"),
    ("--image a.cue --device /dev/sr0", "--image and --device exclude each other"),
    ("--image a.cue --retry o1 p.tar", "--retry takes no parcel"),
    ("--retry o1", "nothing is named to write on"),
    ("--retry o1 --keep", "--keep does not go with --retry"),
    ("--retry o1 --list", "--retry and --list exclude each other"),
    ("--collected o1 --image a.cue", "--image does not go with --collected"),
    ("--posted o1", "--posted and --tracking go together"),
    ("--tracking 1 --image a.cue", "--posted and --tracking go together"),
    ("--json", "--json goes with --list"),
    ("--image a.cue --speed 4", "--speed goes with --device"),
    ("--image a.cue --eject", "--eject goes with --device"),
    ("--image a.cue --capacity 81", "--capacity is one of 21, 74, 80 and 90, not 81"),
    ("--device d --speed 0", "--speed is outside 1 to 100"),
    ("--keep --dummy", "--dummy does not go with --keep"),
  ])
  func whatDoesNotGoTogether(_ arguments: String, _ said: String) throws {
    let result = try Subprocess.run(
      BuiltTools.path("shop-burn"), arguments.split(separator: " ").map(String.init))
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.contains(said), "\(result.errors)")
  }

  /// What has expired is erased and reported, and costs nothing; good discs are not taken away.
  @Test func whatHasExpired() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 | shop --keep
      shop --gc
      ls shop/holdings/o1 > log
      """)
    let later = try "as kiosk shop faketime '+400 days' \(BuiltTools.path("shop-burn"))"
    #expect(try shell.expectSuccess("\(later) --list").text.contains("\texpired\t"))
    try shell.expectSuccess("\(later) --gc; \(later) --gc; ls -A shop/holdings > left")
    #expect(
      try shell.kinds(of: "o1") == ["ordered", "marking", "delivered", "deleted", "reported"])
    let reported = try shell.events().compactMap { $0.event.body as? Reported }
    #expect(reported.map(\.fee) == [0] && reported[0].matter == .deletion)
    #expect(try shell.folder.read("left").isEmpty)
    #expect(try shell.expectFailure("\(later) --image d.cue --retry o1").contains("has expired"))
  }
}
