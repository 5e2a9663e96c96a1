import Testing
import _TestSupport

/// One system call after the other fails, until a run has no fault: all is left or nothing.
@Suite struct FaultTests {
  let folder = TemporaryFolder()

  @Test(
    arguments: ["write", "pwrite64", "fsync", "fchmod", "linkat", "rename", "read"],
    [("wav", "--uncounted"), ("flac", "")])
  func everyFaultLeavesAllOrNothing(_ call: String, _ kind: (String, String)) throws {
    let tool = try BuiltTools.path("_audio-copy")
    let (container, option) = kind
    let result = try Subprocess.shell(
      """
      sox -D -R -r 44100 -n -c 1 -b 16 in.wav synth 100s whitenoise
      \(tool) \(option) -o whole.\(container) in.wav || exit
      for n in $(seq 200); do
        rm -f out.*
        strace -f -qq -o trace -e trace=\(call) -e inject=\(call):error=EIO:when=$n \
          \(tool) \(option) -o out.\(container) in.wav 2> errors
        status=$?
        grep -q INJECTED trace || { echo end $status; break; }
        case $status in
          0) cmp out.\(container) whole.\(container) ;;
          2) test ! -e out.\(container) || cmp out.\(container) whole.\(container)
             grep -q ': error: ' errors || echo $n: silent ;;
          *) grep -q 'error while loading\\|cannot read file data' errors || echo $n: $status ;;
        esac
        ls -A | grep '^[.]'
      done
      """, folder: folder.path, seconds: 120)
    #expect(result.text == "end 0\n", "\(result.text)\(result.errors)")
  }
}
