import Testing
import _TestSupport

/// Pictures are published, delivered with a mark of their own, and traced.
@Suite struct PictureDeliveryTests {
  @Test func everyCopyNamesWhoItWasMadeFor() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish p1 a.png; publish p2 a.jpg
      order o1 alice --content p1 | as ds ds-deliver -o alice.png
      order o2 bob --content p1 | as ds ds-deliver > bob.png
      order o3 bob --content p2 | as ds ds-deliver -o bob.jpg --receipt bob.receipt
      pngcheck -q alice.png bob.png
      djpeg -fast bob.jpg > /dev/null
      (compare -metric PSNR a.png alice.png null: 2>&1 || true) | awk '{exit !($1 >= 41.9 && $1 < 43)}'
      ! cmp -s alice.png bob.png
      convert alice.png -quality 60 -resize 70% -rotate 3 leak.jpg
      as cs wm-detect leak.jpg bob.png bob.jpg | cut -d ' ' -f 1-4
      as cs wm-detect a.png b.png || echo $?
      as cs wm-detect --key other.key leak.jpg || echo $?
      as cs wm-detect --receipt bob.receipt bob.jpg | grep -o ' by=[a-z]*'
      convert bob.jpg -quality 70 again.jpg
      as cs wm-detect --receipt bob.receipt again.jpg | grep -o ' by=[a-z]*'
      as cs wm-detect --receipt bob.receipt leak.jpg || echo $?
      ledger-verify -q
      """)
    #expect(
      result.text.split(separator: "\n") == [
        "leak.jpg: user=alice order=o1 content=p1", "bob.png: user=bob order=o2 content=p1",
        "bob.jpg: user=bob order=o3 content=p2", "a.png: no delivery named",
        "b.png: no delivery named", "1", "leak.jpg: no delivery named", "1",
        " by=hash", " by=mark",
        "leak.jpg: not the copy of the receipt", "1",
      ], "\(result.text)\(result.errors)")
  }

  /// Without a ledger the message of a copy is read by who knows the key and the title.
  @Test func aCopyIsReadWithoutALedger() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish p1 a.png
      order o1 alice --content p1 | as ds ds-deliver -o alice.png
      convert alice.png -quality 60 -resize 70% -rotate 3 leak.jpg
      unset SUKASHI_LEDGER
      wm-detect --content p2 --content p1 leak.jpg alice.png | cut -d ' ' -f 1-5
      wm-detect --json --content p1 leak.jpg | grep -o '"content":"p1"'
      wm-detect leak.jpg || echo $?
      wm-detect --content p2 leak.jpg || echo $?
      wm-detect --key other.key --content p1 leak.jpg || echo $?
      wm-detect --content p1 a.png || echo $?
      """)
    let message = "message=00010001000000000000000100000001 key=studio content=p1 method=spectral"
    #expect(
      result.text.split(separator: "\n") == [
        "leak.jpg: \(message)", "alice.png: \(message)", "\"content\":\"p1\"",
        "leak.jpg: nothing found", "1", "leak.jpg: nothing found", "1", "leak.jpg: nothing found",
        "1",
        "a.png: nothing found", "1",
      ], "\(result.text)\(result.errors)")
  }

  /// Who has the master of one title can mark its copies, and no other title's.
  @Test func theMasterHoldsTheKeyOfItsTitleAlone() throws {
    let shell = try VisualShell()
    let result = try shell.run(
      """
      set -e
      publish p1 a.png; publish p2 a.png
      stat -c '%a %s' cs.store/masters/p1/picture-key ds.store/masters/p1/fingerprint-key
      cmp <(head -c 32 ds.store/masters/p1/picture-key) <(head -c 32 ds.store/masters/p2/picture-key)
      cmp -s <(tail -c 32 ds.store/masters/p1/picture-key) <(tail -c 32 ds.store/masters/p2/picture-key) ||
        echo different
      """)
    #expect(
      result.text == "600 64\n600 32\ndifferent\n", "\(result.text)\(result.errors)")
  }

  @Test func theSamePictureIsTheSameMaster() throws {
    let result = try VisualShell().run(
      """
      publish p1 a.png; wc -l < l
      publish p1 a.png; publish p1 - < a.png; wc -l < l
      publish p1 b.png; echo $?
      publish p1 --replace b.png; echo $?
      as cs cs-publish --verify; echo $?
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines == ["8", "8", "2", "0", "0"], "\(result.text)\(result.errors)")
    #expect(result.errors.contains("'p1' was published with another recording"), "\(result.errors)")
  }

  @Test func aBatchAndTheSameOrderAgain() throws {
    let result = try VisualShell().run(
      """
      set -e
      publish p1 a.png; publish p2 a.jpg; mkdir out
      for n in 1 2 3; do order o$n alice --content p$((n % 2 + 1)); done > orders
      as ds ds-deliver --batch 'out/{order}-{content}.{ext}' orders
      (cd out && ls)
      as ds ds-deliver --batch 'out/{order}-{content}.{ext}' orders
      head -n 1 orders | as ds ds-deliver --again -o again.jpg
      cmp again.jpg out/o1-p2.jpg
      grep -c '"kind":"billed"' l
      """)
    #expect(
      result.text == "o1-p2.jpg\no2-p1.png\no3-p2.jpg\n3\n", "\(result.text)\(result.errors)")
  }

  @Test func whatCannotBePublishedOrDelivered() throws {
    let result = try VisualShell().run(
      """
      say() { "$@" > /dev/null 2> error; echo "$? $(head -n 1 error)"; }
      head -c 20000 a.png > cut.png
      say publish c cut.png
      convert a.png a.gif; say publish c a.gif
      convert a.png a.webp; say publish c a.webp
      wm-embed --message 00010002000300000000000400000005 -o marked.png a.png; say publish c marked.png
      say publish c --video-options '-c:v mpeg4' a.png
      say publish c --rights no-broadcast a.png
      ls cs.store/masters | wc -l; grep -c published l
      publish p1 a.png
      order o1 alice --content p1 > order
      say as ds ds-deliver -f flac order
      say as ds ds-deliver -o copy.jpg order
      grep -c '"kind":"marking"' l
      printf x >> ds.store/masters/p1/picture; say as ds ds-deliver -o copy.png order
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 12, "\(result.text)\(result.errors)")
    #expect(lines[0].hasPrefix("2 cs-publish: error: 'cut.png'"), "\(lines)")
    #expect(lines[1].hasPrefix("2 cs-publish: error: 'a.gif'"), "\(lines)")
    #expect(lines[2].hasPrefix("2 cs-publish: error: 'a.webp'"), "\(lines)")
    #expect(lines[3].hasPrefix("2 cs-publish: error: 'marked.png' already carries"), "\(lines)")
    #expect(lines[4].hasPrefix("2 cs-publish: error: --video-options does not go with"), "\(lines)")
    #expect(lines[5].hasPrefix("2 cs-publish: error: 'a.png' has no marked sound, and"), "\(lines)")
    #expect(lines[6...7] == ["0", "0"], "\(lines)")
    #expect(lines[8] == "2 ds-deliver: error: 'p1' is delivered as png, not as flac", "\(lines)")
    #expect(lines[9] == "2 ds-deliver: error: 'p1' is delivered as png, not as jpg", "\(lines)")
    #expect(lines[10] == "0", "\(lines)")
    #expect(lines[11].hasPrefix("2 ds-deliver: error: 'picture' of the master"), "\(lines)")
  }
}
