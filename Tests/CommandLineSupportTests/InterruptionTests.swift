import Testing
import _TestSupport

/// Signals, limits and full disks leave nothing behind.
@Suite struct InterruptionTests {
  let folder = TemporaryFolder()

  /// A WAV header of unknown length and some samples, from a pipe that then stays open.
  private func start(_ command: String, ready: String, _ then: String) throws -> Subprocess {
    let tool = try BuiltTools.path("_audio-copy")
    let header =
      "RIFF\\xff\\xff\\xff\\xffWAVEfmt \\x10\\0\\0\\0\\x1\\0\\x1\\0\\x44\\xac\\0\\0"
      + "\\x88\\x58\\x1\\0\\x2\\0\\x10\\0data\\xff\\xff\\xff\\xff"
    return try Subprocess.shell(
      """
      set -m  # otherwise background jobs ignore SIGINT
      mkfifo in
      { printf '\(header)'; head -c 300000 /dev/zero; exec sleep 20; } > in 2> /dev/null &
      feeder=$!
      \(command)\(tool) -o out.wav in &
      pid=$!
      for i in $(seq 100); do
        \(ready) && break; sleep 0.1
      done
      \(ready) && echo ready
      ls -A | grep '^[.]out' | sed 's/[.][^.]*$//'
      \(then)
      wait $pid; echo $?
      kill -- -$feeder; wait $feeder 2> /dev/null
      rm in; ls -A
      """, folder: folder.path, seconds: 30)
  }

  @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129), ("KILL", 137)])
  func nothingIsLeft(_ signal: String, _ status: Int) throws {
    let result = try start(
      "", ready: "ls -l /proc/$pid/fd | grep -q deleted", "kill -\(signal) $pid")
    #expect(result.text == "ready\n\(status)\n", "\(result.text)\(result.errors)")
  }

  /// Where every file must have a name.
  @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129)])
  func aSignalRemovesTheTemporary(_ signal: String, _ status: Int) throws {
    let result = try start(
      "strace -D -o /dev/null -e trace='?access,?faccessat,?faccessat2' "
        + "-e inject='?access,?faccessat,?faccessat2':error=ENOENT ",
      ready: "ls -A | grep -q '^[.]out'", "kill -\(signal) $pid")
    #expect(result.text == "ready\n.out.wav\n\(status)\n", "\(result.text)\(result.errors)")
  }

  @Test func aFileSizeLimitIsAnError() throws {
    let tool = try BuiltTools.path("_audio-copy")
    let result = try Subprocess.shell(
      """
      sox -n -r 44100 -c 2 -b 16 in.wav synth 4 sine 440
      (ulimit -f 100; exec \(tool) -o out.wav in.wav); echo $?; ls -A
      """, folder: folder.path)
    #expect(result.text == "2\nin.wav\n")
    #expect(result.errors.hasPrefix("_audio-copy: error: cannot write 'out.wav': file too large\n"))
  }

  @Test func aFullDiskIsAnError() throws {
    let tool = try BuiltTools.path("_audio-copy")
    let result = try Subprocess.shell(
      """
      sox -n -r 44100 -c 2 -b 16 in.wav synth 4 sine 440
      \(tool) in.wav > /dev/full; echo $?
      \(tool) -o /dev/full -f wav in.wav; echo $?
      \(tool) -f flac in.wav > /dev/full; echo $?
      """, folder: folder.path)
    #expect(result.text == "2\n2\n2\n")
    #expect(result.errors.contains("cannot write '/dev/full': no space left on device"))
  }
}
