import Testing
import _TestSupport

/// The options, texts and exit status of wm-embed.
@Suite struct EmbedCommandTests {
  let embedding = try? EmbedFolder()

  private func run(
    _ lines: String, environment: [String: String] = [:]
  ) throws -> Subprocess {
    try #require(embedding).run(lines, environment: environment)
  }

  @Test func silentOnSuccessAndAlwaysTheSame() throws {
    let result = try run("embed -o a.wav song.wav; embed -o b.wav song.wav; cmp a.wav b.wav")
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
  }

  @Test func twoAtOnceDoNotDisturbEachOther() throws {
    let result = try run(
      """
      embed -o a.wav song.wav & embed -o a.wav song.wav & embed -o b.wav song.wav
      wait; cmp a.wav b.wav; ls -A
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "a.wav\nb.wav\nkey\nother.key\nsong.wav\n", "\(result.text)")
  }

  @Test func theSummary() throws {
    let result = try run(
      "embed --json -o a.wav song.wav; embed --json --method lsb song.wav > b.wav")
    let start =
      "{\"type\":\"embedding\",\"file\":\"song.wav\",\"key\":\"studio\","
      + "\"message\":\"\(EmbedFolder.message)\",\"method\":"
    #expect(
      result.text.hasPrefix(
        start + "\"spectral\",\"seconds\":20.000,\"blocks\":1,\"plan\":\"direct\","
          + "\"layers\":[\"identity\"],\"symbols\":1000,\"marked\":"), "\(result.text)")
    #expect(result.text.contains(#/"signal_to_mark_db":[0-9]+\.[0-9]}\n$/#), "\(result.text)")
    #expect(result.errors == start + "\"lsb\",\"seconds\":20.000,\"blocks\":430}\n")
  }

  @Test func numbersMakeTheMessage() throws {
    let result = try run(
      """
      wm-embed -k key --cs 1 --ds 2 --outlet 3 --user 4 --serial 5 -o a.wav song.wav; detect a.wav
      wm-embed -k key --cs 1 --ds 2 --user 281474976710655 --serial 5 -o b.wav song.wav
      detect b.wav
      """)
    #expect(
      result.text == "message=00010002000300000000000400000005\n"
        + "message=000100020000ffffffffffff00000005\n", "\(result.text)\(result.errors)")
  }

  static let refused: [(arguments: String, text: String)] = [
    ("--message 123 -o x.wav song.wav", "message '123' has 3 hexadecimal digits instead of 32"),
    ("--message ${M}0 -o x.wav song.wav", "has 33 hexadecimal digits"),
    ("--message ${M%?}g -o x.wav song.wav", "character 32, 'g', is not a hexadecimal digit"),
    ("-o x.wav song.wav", "the message is missing"),
    ("--message $M --user 3 -o x.wav song.wav", "--message and --user exclude each other"),
    ("--user 3 --cs 1 -o x.wav song.wav", "with --cs, --ds, --serial is missing"),
    ("--cs 65536 --ds 1 --user 1 --serial 1 -o x.wav song.wav", "65536 is outside 0...65535"),
    ("--message $M --strength 9 -o x.wav song.wav", "--strength 9.0 is outside 0.25...4"),
    ("--message $M --plan x -o x.wav song.wav", "--plan 'x' is neither direct nor delivery"),
    ("--message $M --layer copyright -o x.wav song.wav", "--layer copyright needs --plan delivery"),
    (
      "--message $M --plan delivery --layer fingerprint -o x.wav song.wav",
      "needs the codeword of a delivery"
    ),
    ("--message $M --method lsb --plan direct -o x.wav song.wav", "lsb does not know --plan"),
    ("--message $M --method x -o x.wav song.wav", "'x' is invalid for '--method <method>'"),
    ("--message $M -o song.wav song.wav", "'song.wav' is both input and output"),
    ("--message $M -o key song.wav", "'key' is both input and output"),
    ("--message $M -o no/x.wav song.wav", "cannot write 'no/x.wav': no such file or directory"),
    ("--message $M -o x.xyz song.wav", "'x.xyz' names no known audio format"),
    ("--message $M --format x song.wav", "--format 'x' names no known audio format"),
    ("--message $M -o x.wav missing.wav", "cannot open 'missing.wav': no such file or directory"),
    ("--message $M -o x.wav key", "'key' is not audio"),
    ("--message $M --raw 1,2,3 -o x.wav song.wav", "the raw format '1,2,3'"),
    ("--message $M --method lsb -o x.ogg song.wav", "--method lsb needs integer samples"),
    ("--message $M --method tag -o x.au song.wav", "--method tag has no place in au"),
    ("--message $M -o x.opus song.wav", "opus cannot hold 44100 Hz"),
  ]

  @Test(arguments: refused.indices)
  func whatIsRefused(_ index: Int) throws {
    let (arguments, text) = Self.refused[index]
    let result = try run("wm-embed --key key \(arguments)")
    #expect(result.status == 2, "\(arguments)")
    #expect(result.errors.hasPrefix("wm-embed: error: "), "\(arguments): \(result.errors)")
    #expect(result.errors.contains(text), "\(arguments): \(result.errors)")
    #expect(embedding?.made == [], "\(arguments)")
  }

  @Test func theKey() throws {
    let result = try run(
      """
      wm-embed --message $M -o x.wav song.wav; echo $?
      SUKASHI_KEY=key wm-embed --message $M -o a.wav song.wav; echo $?
      mkdir keys; cp key keys; SUKASHI_KEY=keys wm-embed --message $M -o b.wav song.wav; echo $?
      SUKASHI_KEY=nowhere wm-embed --key key --message $M -o c.wav song.wav; echo $?
      wm-embed --key - --message $M -o d.wav song.wav < key; echo $?
      cp other.key keys; SUKASHI_KEY=keys wm-embed --message $M -o x.wav song.wav; echo $?
      echo > bad; wm-embed --key bad --message $M -o x.wav song.wav; echo $?
      wm-embed --key - --message $M -o x.wav < song.wav; echo $?
      cmp a.wav b.wav; cmp a.wav c.wav; cmp a.wav d.wav; ls x.wav
      chmod 644 key; wm-embed --key key --message $M -o e.wav song.wav; echo $?
      """)
    #expect(result.text == "2\n0\n0\n0\n0\n2\n2\n2\n0\n", "\(result.text)")
    for text in [
      "error: no mark key is given\nwm-embed: hint: use --key FILE",
      "error: 'keys' has 2 mark keys\nwm-embed: hint: name the one to mark with: --key FILE",
      "error: mark key 'bad': the first line is not", "cannot both be standard input",
      "warning: others can read the mark key 'key'",
    ] { #expect(result.errors.contains(text), "\(text): \(result.errors)") }
  }

  @Test func badAudio() throws {
    let result = try run(
      """
      ffmpeg -v error -i song.wav -f f32le float
      { head -c 200000 float; printf '\\0\\0\\xc0\\x7f'; tail -c +200005 float; } > nan
      { head -c 200000 float; printf '\\0\\0\\x80\\x7f'; tail -c +200005 float; } > inf
      for f in nan inf; do ffmpeg -v error -f f32le -ac 2 -i $f -c:a pcm_f32le $f.wav; done
      head -c 300000 song.wav > cut.wav; head -c 20 song.wav > head.wav; : > empty.wav
      sox song.wav short.wav trim 0 881s; sox song.wav one.wav trim 0 882s
      flac -s -o song.flac song.wav; head -c 300000 song.flac > cut.flac
      ls > before
      for f in nan inf cut head empty short; do embed -o out.wav $f.wav; echo $?; done
      embed -o out.wav cut.flac; echo $?
      for f in nan cut short; do cat $f.wav | embed -o out.wav; echo $?; done
      embed -o out.flac nan.wav; echo $?
      ls -A | diff before - | grep -v before
      embed -o fine.wav one.wav; echo $?
      """)
    #expect(result.text.split(separator: "\n").filter { $0 == "2" }.count == 11, "\(result.text)")
    #expect(!result.text.contains("out"), "\(result.text)")
    #expect(result.text.hasSuffix("\n0\n"), "\(result.text)")
    for text in [
      "the input has the value nan at ", "the input has the value inf at ",
      "'cut.wav' is cut short", "standard input is cut short", "'head.wav' ends inside its header",
      "'empty.wav' is empty", "has 881 frames, but a mark takes at least 882 at 44100 Hz",
      "'cut.flac' is",
    ] { #expect(result.errors.contains(text), "\(text): \(result.errors)") }
  }

  @Test func fullDisksAndClosedOutputs() throws {
    let result = try run(
      """
      embed song.wav > /dev/full; echo $?
      embed song.wav >&-; echo $?
      embed --json -o a.wav song.wav > /dev/full; echo $?
      (ulimit -f 100; embed -o out.wav song.wav); echo $?
      embed song.wav | true; echo ${PIPESTATUS[0]}
      ls -A | grep out
      """)
    #expect(result.text == "2\n2\n2\n2\n141\n", "\(result.text)")
    #expect(result.errors.contains("cannot write standard output: no space left on device"))
  }

  @Test func whatIsKilledLeavesNothing() throws {
    let result = try run(
      """
      mkfifo pipe
      { cat song.wav; exec sleep 20; } > pipe & feeder=$!
      exec 9< <(sleep 20)
      "$(type wm-embed | grep -o '/[^ ]*wm-embed')" --key key --message $M --remark \
        --raw 44100,2,int16 -o out.wav pipe & tool=$!
      for i in $(seq 50); do ls -l /proc/$tool/fd | grep -q deleted && break; sleep 0.1; done
      ls -l /proc/$tool/fd | grep -c deleted
      kill -TERM $tool; wait $tool; echo $?
      kill $feeder; ls -A | grep out
      """)
    #expect(result.text == "1\n143\n", "\(result.text)\(result.errors)")
  }

  /// One system call after the other fails, until a run has no fault: all is left or nothing.
  @Test(arguments: ["write", "fsync", "linkat", "rename", "read"])
  func everyFaultLeavesAllOrNothing(_ call: String) throws {
    let tool = try BuiltTools.path("wm-embed")
    let result = try run(
      """
      sox -D song.wav in.wav trim 0 4
      embed -o whole.wav in.wav
      for n in $(seq 200); do
        rm -f out.*
        strace -f -qq -o trace -e trace=\(call) -e inject=\(call):error=EIO:when=$n \
          \(tool) --key key --message $M -o out.wav in.wav 2> errors
        status=$?
        grep -q INJECTED trace || { echo end $status; break; }
        case $status in
          0) cmp out.wav whole.wav ;;
          2) test ! -e out.wav || cmp out.wav whole.wav
             grep -q ': error: ' errors || echo $n: silent ;;
          *) grep -q 'error while loading\\|cannot read file data' errors || echo $n: $status ;;
        esac
        ls -A | grep '^[.]'
      done
      """)
    #expect(result.text == "end 0\n", "\(result.text)\(result.errors)")
  }

  @Test func layersAreWrittenOneAfterTheOther() throws {
    let result = try run(
      """
      embed --plan delivery --layer copyright song.wav \
        | wm-embed -k key --plan delivery --message $N -o both.wav
      wm-detect --key key --search narrow both.wav | grep -o 'layer=[a-z]*' | sort
      detect both.wav | sort
      embed --plan delivery --layer copyright,identity -o one.wav song.wav
      embed --plan delivery --layer copyright --layer identity -o two.wav song.wav
      cmp one.wav two.wav
      embed --plan delivery --layer copyright -o x.wav both.wav; echo $?
      embed -o x.wav both.wav; echo $?
      wm-embed -k other.key --message $N -o other.wav both.wav; echo $?
      ls x.wav
      """)
    #expect(
      result.text == "layer=copyright\nlayer=identity\nmessage=\(EmbedFolder.message)\n"
        + "message=\(EmbedFolder.other)\n2\n2\n0\n", "\(result.text)\(result.errors)")
  }

  @Test(arguments: ["out.wav", "out.flac", "out.aiff"])
  func sampleBits(_ name: String) throws {
    let result = try run(
      """
      embed --method lsb -o \(name) song.wav; echo $?
      embed --method lsb -o x.wav \(name); echo $?
      wm-embed -k other.key --message $M --method lsb -o fine.wav \(name); echo $?
      sox -D \(name) -t s16 - | cmp -l - <(sox -D song.wav -t s16 -) | wc -l
      ls x.wav
      """)
    let lines = result.text.split(separator: "\n").compactMap { Int($0) }
    #expect(lines.prefix(3) == [0, 2, 0], "\(result.text)\(result.errors)")
    // About half of 1520 places in 2048.
    #expect(lines.count == 4 && (600_000...700_000).contains(lines[3]), "\(result.text)")
    #expect(result.errors.contains("already carries the message \(EmbedFolder.message)"))
  }

  @Test(arguments: ["wav", "rf64", "aiff", "flac", "ogg", "opus", "mp3", "caf"])
  func tags(_ container: String) throws {
    let rate = container == "opus" ? 48000 : 44100
    let result = try run(
      """
      ffmpeg -v error -i song.wav -t 2 -ar \(rate) -metadata comment=Mine in.wav
      embed --method tag -o out.\(container) in.wav; echo $?
      grep -a -o -E 'sukashi-mark/1 [0-9a-f]{32} [0-9a-f]{64}' out.\(container) | cut -c 16-47
      strings out.\(container) | grep -o Mine | uniq  # MP3 has it twice
      embed --method tag -o x.wav out.\(container); echo $?
      wm-embed -k other.key --message $N --method tag -o y.\(container) out.\(container); echo $?
      strings y.\(container) | grep -c -E 'sukashi-mark/1 [0-9a-f]{32} [0-9a-f]{64}'
      """)
    #expect(
      result.text == "0\n\(EmbedFolder.message)\nMine\n2\n0\n1\n",
      "\(result.text)\(result.errors)")
  }
}
