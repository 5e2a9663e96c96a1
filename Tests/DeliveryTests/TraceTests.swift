import CommandLineSupport
import MarkKeys
import Testing
import _TestSupport

/// From orders to leaks and back: `wm-detect --ledger` and `--receipt` on what `ds-deliver` wrote.
@Suite struct TraceTests {
  @Test func leaksNameTheirDelivery() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1", seconds: 40)
    try shell.publish("t2", seconds: 20, seed: 6)
    let secret = DeliveryShell.key.secret.withBytes { Hexadecimal.text($0) }
    let key = "sukashi-mark-key 1\n# name: studio\nsecret \(secret)\n"
    try shell.folder.write("studio.key", Array(key.utf8))
    var orders = ""
    for (id, user) in [("o1", "alice"), ("o2", "bob"), ("o3", "alice")] {
      orders += try shell.order(id, [id == "o3" ? "t2" : "t1"], user: user)
    }
    try shell.folder.write("orders", Array(orders.utf8))
    try shell.folder.write("late", Array(shell.order("o4", ["t1"], user: "bob").utf8))
    let detect = try "detect() { \(BuiltTools.path("wm-detect")) --key studio.key \"$@\"; }\n"
    let made = try shell.run(
      """
      set -e
      chmod 600 studio.key
      ds --batch '{order}.flac' orders
      ds --receipt receipt -o o4.flac late
      ds --again -o sold.opus late
      ffmpeg -v error -ss 11.3 -t 6 -i o1.flac -c:a libmp3lame -b:a 96k leak.mp3
      ffmpeg -v error -i o2.flac -c:a libopus -b:a 48k leak.opus
      sox -D -m -v 0.5 o1.flac -v 0.5 o2.flac mixed.wav
      sox -D t1.source.wav plain.wav
      wm-keygen -o other.key
      """)
    #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
    for (file, words) in [
      ("leak.mp3", ["user=alice order=o1 content=t1 delivery_server=ds content_server=cs"]),
      ("leak.opus", ["user=bob order=o2 content=t1"]),
      ("sold.opus", ["user=bob order=o4 content=t1"]),
      ("mixed.wav", ["user=alice order=o1", "user=bob order=o2"]), ("o3.flac", ["order=o3"]),
      ("- < leak.mp3", ["user=alice order=o1"]),
    ] {
      let found = try shell.run(detect + "detect \(file)")
      let named = found.text.split(separator: "\n").filter { $0.contains(" order=") }
      #expect(found.status == 0 && found.errors.isEmpty, "\(file): \(found.text)\(found.errors)")
      #expect(named.count == words.count, "\(file): \(found.text)")
      for words in words { #expect(found.text.contains(words), "\(file): \(found.text)") }
    }
    let evidence = try shell.run(detect + "detect --json leak.mp3 | tail -n 2")
    for member in [
      #""type":"delivery""#, #""outlet_kind""#, #""serial":1,"#, #""first_slot":"#, #""ratios":["#,
      #""type":"trace""#, #""copies":"#, #""ledger_root":""#,
    ] {
      let isExpected = member != #""outlet_kind""#
      #expect(evidence.text.contains(member) == isExpected, "\(member) in \(evidence.text)")
    }
    for (line, status) in [
      ("detect plain.wav", 1), ("detect --key other.key --content t1 plain.wav", 1),
      ("detect --content t2 leak.mp3", 1), ("detect --content none leak.mp3", 2),
      ("detect --ledger missing leak.mp3", 2), ("detect --no-ledger --content '' leak.mp3", 2),
      ("detect -q leak.mp3", 0), ("detect --receipt receipt o4.flac", 0),
      ("unset SUKASHI_LEDGER; detect --receipt receipt o4.flac", 2),
      ("detect --receipt receipt o1.flac", 1), ("detect --receipt orders o4.flac", 2),
      ("sox -D o4.flac -r 48000 o4.wav && detect --receipt receipt o4.wav", 0),
    ] {
      let result = try shell.run(detect + line)
      #expect(result.status == status, "\(line): \(result.text)\(result.errors)")
    }
    // What was read before something is wrong is told.
    let cut = try shell.run(
      detect + "head -c $(($(stat -c %s o1.flac) * 2 / 3)) o1.flac > cut.flac; detect cut.flac")
    #expect(cut.status == 0 && cut.text.contains("order=o1"), "\(cut.text)\(cut.errors)")
    #expect(cut.errors.contains("cut.flac ends after"), "\(cut.errors)")
    let broken = try shell.run(
      detect + """
        sox -D o1.flac -b 32 -e floating-point nan.wav
        printf '\\377\\377\\377\\377\\377\\377\\377\\377' | dd of=nan.wav bs=4 seek=2000000 conv=notrunc status=none
        detect nan.wav
        """)
    #expect(broken.status == 2 && broken.text.contains("order=o1"), "\(broken.text)")
    #expect(broken.errors.contains("is not a number"), "\(broken.errors)")
    let checked = try shell.run(
      """
      unset SUKASHI_LEDGER
      \(try BuiltTools.path("wm-detect")) --receipt receipt \
      --server-key "$(wm-keygen --public ds.key)" o4.flac
      """)
    #expect(checked.status == 0)
    #expect(checked.text.contains("user=bob order=o4 content=t1"), "\(checked.text)")
    #expect(checked.text.contains("by=hash checkpoint_by=delivery-server"), "\(checked.text)")
    #expect(checked.errors.contains("signed by the delivery server alone"))
  }
}
