import Ledger
import Testing
import _TestSupport

/// `hs-store play` in a pipe.
@Suite struct PlayTests {
  @Test(arguments: ["flac", "wav"]) func samplesAreThoseOfTheCopy(_ format: String) throws {
    let shell = try ServingShell(seconds: 7)
    try shell.expectSuccess(
      """
      put o1 minute \(format)
      hs play o1 | ffmpeg -v error -i - -f s16le - | md5sum > heard
      ffmpeg -v error -i o1.copy -f s16le - | md5sum | cmp - heard
      hs play --raw o1 | md5sum | cmp - heard
      hs play --raw --from 0:03 o1 | md5sum > rest
      ffmpeg -v error -i o1.copy -f s16le - | tail -c +529201 | md5sum | cmp - rest
      hs play o1 > o1.wav
      ffmpeg -v error -i o1.wav -f s16le - | md5sum | cmp - heard
      """)
    let counted = try shell.counted("o1")
    #expect(counted.seconds == 7 && counted.views == 4, "\(counted)")
  }

  @Test func controlLines() throws {
    let shell = try ServingShell(seconds: 60)
    let said = try shell.expectSuccess(
      """
      put o1 minute wav
      mkfifo control
      in_place play o1 --real-time --control control --status 3 --raw 3> answers > /dev/null & player=$!
      say() { for line; do echo "$line" > control; sleep 0.4; done; }
      say status 'seek 0:20' 'ff 5' 'rew 10' pause status play 'rate 2' nonsense stop status play quit
      wait $player
      jq -r '[.type, .state, .position // 0 | tostring] | join(" ")' answers
      cat house/holdings/o1/position
      """)
    let lines = said.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(
      lines.dropLast().map { $0[1] }
        == [
          "playing", "playing", "playing", "playing", "paused", "paused", "playing", "playing",
          "null",
          "stopped", "stopped", "playing", "playing",
        ].map { $0 })
    let places = lines.map { Double($0.count > 2 ? $0[2] : "") ?? -1 }
    #expect(places[1] == 20 && places[2] > 25 && places[2] < 26.5, "\(places)")
    #expect(places[3] > 15 && places[3] < 18 && places[4] == places[5], "\(places)")
    #expect(
      try shell.events(Viewing.self, of: "o1").map(\.action) == [
        .start, .seek, .forward, .rewind, .pause, .start, .stop, .start, .stop,
      ])
  }

  /// From title to title; one that was only passed was not viewed.
  @Test func titlesOfAnAlbum() throws {
    let shell = try ServingShell(seconds: 20)
    let said = try shell.expectSuccess(
      """
      album o1 view flac
      mkfifo control
      in_place play o1 --real-time --control control --status 3 --raw 3> answers > /dev/null & player=$!
      say() { for line; do echo "$line" > control; sleep 0.2; done; }
      say next next 'seek 0:05'
      sleep 2
      say pause previous quit
      wait $player
      jq -r '[.type, .item, .content, .message] | map(. // "-" | tostring) | join(" ")' answers
      cat house/holdings/o1/position
      """)
    #expect(
      said.text.split(separator: "\n").filter { !$0.hasPrefix("error") } == [
        "status 2 other -", "status 2 other -", "status 2 other -", "status 1 song -",
        "status 1 song -", "1 0",
      ], "\(said.text)")
    #expect(said.text.contains("error"), "there is no third title")
    let counted = try shell.counted("o1")
    #expect((1...3).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }

  @Test func placeIsKept() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      put o1 minute wav
      echo 'seek 9
      stop' > control
      hs play o1 --control control 2> /dev/null > /dev/null
      [ "$(cat house/holdings/o1/position)" = '1 9000' ]
      # Goes on there, to the end; then it begins anew.
      [ $(hs play --raw o1 | wc -c) = $(( 11 * 176400 )) ]
      [ $(hs play --raw o1 | wc -c) = $(( 20 * 176400 )) ]
      """)
  }

  /// What stays in the pipe was not heard.
  @Test func theReaderLeaves() throws {
    let shell = try ServingShell(seconds: 60)
    let result = try shell.run(
      """
      put o1 minute wav
      hs play --raw o1 | head -c 1764000 > /dev/null
      echo ${PIPESTATUS[*]}
      hs play --from 30 --raw o1 | { head -c 352800 > /dev/null; sleep 1; }
      """)
    #expect(result.text == "141 0\n" && result.errors.isEmpty, "\(result.text)\(result.errors)")
    let counted = try shell.counted("o1")
    // Ten seconds and two, less the block of each that was not read whole.
    #expect((11...12).contains(counted.seconds), "\(counted)")
  }

  @Test func signalsAndKills() throws {
    let shell = try ServingShell(seconds: 120)
    try shell.expectSuccess(
      """
      put o1 minute wav
      in_place play --raw --real-time o1 > /dev/null & player=$!
      sleep 2.2
      kill $player
      wait $player
      """)
    let first = try shell.counted("o1").seconds
    #expect((1...3).contains(first), "\(first)")
    #expect(try shell.events(Viewing.self, of: "o1").map(\.action) == [.start, .stop])
    try shell.expectSuccess(
      """
      for i in 1 2 3; do
        in_place play --raw --real-time --from $(( i * 20 )) o1 > /dev/null & player=$!
        sleep 7
        kill -9 $player
        wait $player 2> /dev/null || true
      done
      """)
    let then = try shell.counted("o1").seconds
    // Three times seven seconds, of which five at most are lost each time.
    #expect((first + 6...first + 23).contains(then), "\(first) \(then)")
    try shell.expectSuccess("hs gc && hs finish o1 && ledger-verify -q")
  }

  @Test func keysOfATerminal() throws {
    let shell = try ServingShell(seconds: 60)
    try shell.expectSuccess(
      """
      put o1 minute wav
      cat > keys.py <<'END'
      import os, pty, subprocess, sys, termios, time
      master, slave = pty.openpty()
      before = termios.tcgetattr(slave)
      player = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=subprocess.DEVNULL, stderr=slave)
      time.sleep(1.5)
      during = termios.tcgetattr(slave)
      assert not during[3] & (termios.ICANON | termios.ECHO)
      for keys in [b'\\x1b[C', b' ', b'\\x1b[B', b'q']:
          os.write(master, keys)
          time.sleep(0.3)
      assert player.wait(5) == 0, player.returncode
      assert termios.tcgetattr(slave) == before
      player = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=subprocess.DEVNULL, stderr=slave)
      time.sleep(1)
      player.terminate()
      player.wait(5)
      assert termios.tcgetattr(slave) == before
      END
      SUKASHI_AS=home SUKASHI_SIGNING_KEY=home.key SUKASHI_STORE=house \
        python3 keys.py \(try BuiltTools.path("hs-store")) play --real-time --raw o1
      """)
    #expect(
      try shell.events(Viewing.self, of: "o1").map(\.action) == [
        .start, .forward, .pause, .rewind, .stop, .start, .stop,
      ])
  }

  @Test func endedWhileItPlays() throws {
    let shell = try ServingShell(seconds: 60)
    let result = try shell.run(
      """
      put o1 minute wav
      in_place play --raw --real-time o1 > /dev/null & player=$!
      sleep 1
      hs finish o1
      wait $player; echo $?
      hs play o1 | wc -c
      hs play nothing | wc -c
      """)
    #expect(result.text == "2\n0\n0\n", "\(result.text)\(result.errors)")
    #expect(result.errors.contains("the holding of the order 'o1' is ended"), "\(result.errors)")
  }
}
