import MarkKeys
import Testing
import _TestSupport

/// wm-detect names the delivery that a picture comes from.
@Suite struct TracePictureTests {
  static func message(_ serial: Int) throws -> Message {
    try DeliveryIdentity(
      contentServer: 1, deliveryServer: 2, outlet: 0, user: serial < 3 ? 1 : 2, serial: serial
    ).message
  }

  /// A ledger with three copies of one title: two of alice's, one of bob's.
  static func ledger() throws -> PictureFolder {
    let pictures = try PictureFolder()
    try ExampleLedger.make("ledger", in: pictures.folder)
    let made = try pictures.run("wm-keygen --signing --name d -o ds.key; wm-keygen --public ds.key")
    let key = made.text.split(separator: "\n").last ?? ""
    let enrolled = [
      #"{"body":{"key":"\#(key)","number":2,"party":"d","role":"delivery-server"},"id":"e9","#
        + #""kind":"enrolled"}"#,
      #"{"body":{"content-server":"cs","contents":["t1"],"delivery-server":"ds","#
        + #""expires":"2027-01-01T00:00:00Z","order":"o2","use":"purchase","user":"bob"},"id":"or2","#
        + #""kind":"ordered"}"#,
    ]
    let markings = try [(1, "o1", "alice"), (2, "o1", "alice"), (3, "o2", "bob")].map {
      #"{"body":{"content":"t1","content-server":"cs","delivery-server":"d","message":""#
        + #"\#(try message($0))","order":"\#($1)","serial":\#($0),"user":"\#($2)"},"id":"m\#($0)","#
        + #""kind":"marking"}"#
    }
    try pictures.folder.write("parties", Array(enrolled.joined(separator: "\n").utf8))
    try pictures.folder.write("markings", Array(markings.joined(separator: "\n").utf8))
    let appended = try pictures.run(
      """
      _ledger-append --ledger ledger --as cs --signing-key cs.key --silent parties &&
      _ledger-append --ledger ledger --as d --signing-key ds.key --silent markings
      """)
    guard appended.status == 0 else { throw TestFailure(appended.errors) }
    return pictures
  }

  @Test func theDeliveryIsNamed() throws {
    let pictures = try Self.ledger()
    let bob = try Self.message(3)
    let result = try pictures.run(
      """
      wm-embed --key key --message \(bob) a.png | convert - -quality 50 -resize 60% bob.jpg
      wm-embed --key key --bits 64 --cs 1 --serial 1 a.png | convert - -rotate 7 alice.png
      detect --ledger ledger bob.jpg alice.png | grep order=
      detect --ledger ledger --json bob.jpg | jq -c '[.type,.user,.order,.copies]'
      detect --ledger ledger a.png; echo $?
      wm-embed --key key --message ffffffffffffffffffffffffffffffff -o x.png a.png
      detect --ledger ledger x.png; echo $?
      SUKASHI_LEDGER=ledger detect -q bob.jpg; echo $?
      SUKASHI_LEDGER=ledger detect --no-ledger bob.jpg | grep -c order=
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(
      lines[0].hasPrefix(
        "bob.jpg: user=bob order=o2 content=t1 delivery_server=d content_server=cs time="),
      "\(result.text)\(result.errors)")
    #expect(lines[0].hasSuffix(" by=message+comparison"))
    #expect(lines[0].contains(#/ bound=1e-[0-9]{2,} ratio=1e[0-9]{2,} /#))
    #expect(lines[1].hasPrefix("alice.png: user=alice order=o1 content=t1"))
    #expect(lines[2] == #"["detection",null,null,null]"#)
    #expect(lines[3] == #"["delivery","bob","o2",null]"#)
    #expect(lines[4] == #"["trace",null,null,3]"#)
    #expect(lines[5...6] == ["a.png: no delivery named", "1"])
    #expect(lines[7].hasPrefix("x.png: message=ffffffffffffffffffffffffffffffff"))
    #expect(lines[8...9] == ["x.png: no delivery named", "1"])
    #expect(lines[10...] == ["0", "0"])
  }

  /// Two copies laid over each other name both, and nobody else.
  @Test func averagedCopies() throws {
    let pictures = try Self.ledger()
    let result = try pictures.run(
      """
      wm-embed --key key --message \(try Self.message(1)) -o 1.png a.png
      wm-embed --key key --message \(try Self.message(3)) -o 3.png a.png
      convert 1.png 3.png -average mixed.png
      detect --ledger ledger --json mixed.png | jq -r 'select(.type=="delivery")|.entry_id' | sort
      """)
    #expect(result.text == "m1\nm3\n", "\(result.text)\(result.errors)")
  }

  /// A film is named by the message in it, as its picture would be.
  @Test func theDeliveryOfAFilmIsNamed() throws {
    let pictures = try Self.ledger()
    let result = try pictures.run(
      """
      film() { ffmpeg -v error -loop 1 -i a.png -t 2 -vf "crop=448:336:x='2*n':y=n" -pix_fmt yuv420p -f yuv4mpegpipe -; }
      film > plain.y4m
      wm-embed --key key --message \(try Self.message(3)) -o bob.y4m plain.y4m
      wm-embed --key key --bits 64 --cs 1 --serial 1 -o alice.y4m plain.y4m
      wm-embed --key key --message ffffffffffffffffffffffffffffffff -o x.y4m plain.y4m
      detect --ledger ledger bob.y4m alice.y4m | grep order=
      for f in plain x; do detect --ledger ledger $f.y4m | tail -n 1; echo ${PIPESTATUS[0]}; done
      """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 6, "\(result.text)\(result.errors)")
    #expect(lines[0].hasPrefix("bob.y4m: user=bob order=o2 content=t1 delivery_server=d"))
    #expect(lines[0].hasSuffix(" by=message+comparison"))
    #expect(lines[1].hasPrefix("alice.y4m: user=alice order=o1 content=t1"))
    #expect(lines[2...3] == ["plain.y4m: no delivery named", "1"])
    #expect(lines[4...5] == ["x.y4m: no delivery named", "1"])
  }
}
