import Testing
import _TestSupport

/// The options, inputs, output and exit status of wm-detect.
@Suite struct CommandTests {
  let music = try? MarkedMusic()

  private func run(
    _ lines: String, environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Subprocess {
    try #require(music).run(lines, environment: environment, input: input)
  }

  @Test func theLineOfWords() throws {
    let result = try run("wm-detect --key alice.key a.wav")
    let words = result.text.split(separator: " ").map(String.init)
    #expect(
      words.prefix(6) == [
        "a.wav:", "message=\(MarkedMusic.a)", "key=alice", "plan=direct", "layer=identity",
        "start=0.00",
      ])
    #expect(
      words.suffix(5) == [
        "content_server=1", "delivery_server=2", "outlet=3", "user=4", "serial=5\n",
      ])
    #expect(result.text.contains(" speed=1.0000"))
    #expect(result.text.contains(#/ end=(39\.[0-9]+|40\.00) /#), "\(result.text)")
    #expect(result.text.contains(#/ bound=1e-[0-9]{2,3} /#), "\(result.text)")
  }

  @Test func theObject() throws {
    let result = try run("wm-detect --key alice.key --json a.wav")
    let names = result.text.matches(of: #/"([a-z0-9_]+)":/#).map { String($0.1) }
    #expect(
      names.prefix(19) == [
        "type", "file", "key", "message", "method", "plan", "layer", "start", "end", "speed",
        "pitch",
        "score", "bound", "log10_bound", "identity", "content_server", "delivery_server", "outlet",
        "user",
      ])
    #expect(result.text.contains(#/"segments":\[{"start":0.00,"end":[0-9.]+,/#), "\(result.text)")
    #expect(result.text.contains(#/"bound":[0-9.]*e-[0-9]+,"log10_bound":-[0-9]{2,}\.[0-9]{2},/#))
  }

  @Test func severalKeysNameTheirs() throws {
    let result = try run(
      """
      mkdir keys; cp alice.key bob.key keys
      for k in '--key alice.key --key bob.key' '--key keys' '-k bob.key -k keys'; do
        wm-detect $k --search narrow bob.wav a.wav | grep -o ' key=[a-z]*'
      done
      SUKASHI_KEY=keys wm-detect --search narrow a.wav | grep -o ' key=[a-z]*'
      """)
    #expect(
      result.text == String(repeating: " key=bob\n key=alice\n", count: 3) + " key=alice\n")
    #expect(result.errors.isEmpty)
  }

  @Test func aKeyIsNeeded() throws {
    let result = try run("wm-detect a.wav")
    #expect(result.status == 2)
    #expect(
      result.errors == """
        wm-detect: error: no mark key is given
        wm-detect: hint: use --key FILE, or set SUKASHI_KEY to a key or a folder of keys

        """)
  }

  @Test(arguments: [
    ("a.wav", 0), ("plain.wav", 1), ("plain.wav a.wav", 0), ("missing.wav", 2),
    ("a.wav missing.wav", 2), ("plain.wav missing.wav", 2),
  ])
  func exitStatusAndQuiet(_ inputs: String, _ status: Int) throws {
    let result = try run(
      """
      wm-detect --key alice.key --search narrow \(inputs) > /dev/null 2>&1; echo $?
      wm-detect --key alice.key --search narrow -q \(inputs)
      """)
    #expect(result.text == "\(status)\n")
    // With -q the first hit ends it all.
    #expect(result.status == (inputs.hasPrefix("a.wav") ? 0 : status))
    #expect(result.errors.isEmpty == (result.status < 2))
  }

  @Test func quietStopsAtTheFirstHit() throws {
    // What follows the first 30 s never comes.
    let result = try run(
      """
      mkfifo pipe
      { ffmpeg -v error -i a.wav -t 30 -f s16le -; exec sleep 50; } > pipe &
      wm-detect --key alice.key -q --raw 44100,2,int16 pipe
      status=$?; kill $!; exit $status
      """)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
  }

  @Test func namesFromLists() throws {
    let result = try run(
      """
      cp a.wav 'with blank.wav'; cp plain.wav $'two\\nlines.wav'
      printf 'plain.wav\\n\\nwith blank.wav' > list
      wm-detect --key alice.key --search narrow --files-from list | cut -c -40
      printf '%s\\0' *lines.wav a.wav |
        wm-detect --key alice.key --search narrow --json --files-from - -0 b.wav | cut -c -60
      """)
    #expect(
      result.text == """
        plain.wav: nothing found
        'with blank.wav': message=00010002000300
        {"type":"detection","file":"b.wav","key":"alice","message":"
        {"type":"none","file":"two\\nlines.wav"}
        {"type":"detection","file":"a.wav","key":"alice","message":"

        """, "\(result.errors)")
  }

  @Test func rawSamples() throws {
    let result = try run(
      """
      sox a.wav -t f32 -r 44100 a.raw
      wm-detect --key alice.key --search narrow --raw 44100,2,float32 a.raw | grep -c message=
      sox a.wav -B -t s24 -r 44100 - |
        wm-detect --key alice.key --search narrow --raw 44100,2,int24be --json | grep -c '"type":"end"'
      wm-detect --key alice.key --raw 44100,2,int12 a.raw
      """)
    #expect(result.text == "1\n1\n")
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix("wm-detect: error: the raw format '44100,2,int12' has no known"))
  }

  @Test(arguments: [
    "--threshold 0", "--threshold 2", "--threshold x", "--search far", "-0", "--files-from - -",
    "--raw 1,2", "--key -", "--key missing.key a.wav", "--key plain.wav a.wav",
  ])
  func usageErrors(_ arguments: String) throws {
    let key = arguments.contains("--key") ? "" : "--key alice.key"
    let result = try run("wm-detect \(key) \(arguments) < /dev/null")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("wm-detect: error: "))
  }

  @Test(arguments: [
    ("head -c 30 a.wav", "ends inside its header"), ("true", "is empty"),
    ("yes not audio | head -c 100000", "is not audio"),
  ])
  func badInput(_ command: String, _ words: String) throws {
    let result = try run(
      "\(command) > bad; wm-detect --key alice.key --search narrow bad a.wav | grep -c message=")
    #expect(result.status == 2)
    #expect(result.text == "1\n")
    #expect(result.errors.contains("'bad'") && result.errors.contains(words), "\(result.errors)")
  }

  @Test func shortInputHasNothing() throws {
    let result = try run("sox a.wav s.wav trim 0 1.5; wm-detect -v --key alice.key s.wav")
    #expect(result.status == 1)
    #expect(result.text == "s.wav: nothing found\n")
    #expect(result.errors.contains("wm-detect: note: 's.wav' is shorter than 2 s"))
  }

  @Test(arguments: [
    ("\\x00\\x00\\xc0\\x7f", "not a number"), ("\\x00\\x00\\x80\\xff", "infinite"),
  ])
  func nonFiniteSamplesAreErrors(_ bytes: String, _ words: String) throws {
    let result = try run(
      """
      sox plain.wav -t f32 -r 44100 p.raw
      printf '\(bytes)' | dd of=p.raw bs=4 seek=100001 conv=notrunc status=none
      wm-detect --key alice.key --search narrow --raw 44100,2,float32 p.raw
      """)
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix(
        "wm-detect: error: 'p.raw': sample 50000 of channel 2 is \(words)\n"))
    #expect(result.output.isEmpty)
  }

  @Test func fullDiskAndClosedPipe() throws {
    let result = try run(
      """
      wm-detect --key alice.key --search narrow a.wav a.wav > /dev/full; echo $?
      { sleep 0.3; wm-detect --key alice.key --search narrow a.wav; } | true
      echo ${PIPESTATUS[0]}
      """)
    #expect(result.text == "2\n141\n")
    #expect(
      result.errors.split(separator: "\n").first
        == "wm-detect: error: cannot write standard output: no space left on device")
  }
}
